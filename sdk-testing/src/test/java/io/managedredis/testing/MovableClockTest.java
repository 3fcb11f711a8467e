package io.managedredis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.error.InvalidRequestException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MovableClockTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final MovableClock clock = MovableClock.of(Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void should_add_up_what_it_is_moved_by() {
        clock.advance(Duration.ofHours(11));
        clock.advance(Duration.ofHours(2));

        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(13)));
    }

    @Test
    void should_move_in_every_zone_it_was_given() {
        Clock madrid = clock.withZone(ZoneId.of("Europe/Madrid"));

        clock.advance(Duration.ofDays(1));

        assertThat(madrid.instant()).isEqualTo(NOON.plus(Duration.ofDays(1)));
        assertThat(madrid.getZone()).isEqualTo(ZoneId.of("Europe/Madrid"));
    }

    @Test
    void should_not_go_back() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1))).isInstanceOf(InvalidRequestException.class);
    }
}
