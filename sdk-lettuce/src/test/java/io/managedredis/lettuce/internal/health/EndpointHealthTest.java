package io.managedredis.lettuce.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.error.InvalidRequestException;
import io.managedredis.lettuce.internal.health.EndpointHealth.State;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointHealthTest {

    private static final HealthSettings SETTINGS = HealthSettings.DEFAULT;
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final long INTERVAL = SETTINGS.pingInterval().toNanos();

    private final EndpointHealth health = new EndpointHealth(SETTINGS);
    private long now = -5 * SECOND;

    @Test
    void should_be_usable_once_connected_and_unmeasured_until_a_ping_is_answered() {
        assertThat(health.isUsable()).isFalse();
        assertThat(health.beginPing(now)).isFalse();
        health.connected(now);
        assertThat(health.isUsable()).isTrue();
        assertThat(health.roundTripNanos(now)).isEqualTo(EndpointHealth.UNMEASURED);
        assertThat(health.beginPing(now)).isTrue();
        health.answered(3 * MILLIS, now);
        assertThat(health.roundTripNanos(now)).isEqualTo(3 * MILLIS);
    }

    @Test
    void should_ping_at_each_interval_and_one_at_a_time() {
        connectAndAnswer(MILLIS);
        assertThat(health.nanosUntilPing(now)).isEqualTo(INTERVAL);
        now += INTERVAL - 1;
        assertThat(health.beginPing(now)).isFalse();
        now++;
        assertThat(health.beginPing(now)).isTrue();
        assertThat(health.beginPing(now)).isFalse();
        assertThat(health.nanosUntilPing(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void should_ping_before_the_interval_is_over_when_in_doubt() {
        connectAndAnswer(MILLIS);
        now += MILLIS;
        health.doubt(now);
        assertThat(health.nanosSincePing(now)).isNegative();
        assertThat(health.beginPing(now)).isTrue();
        now += 5 * MILLIS;
        health.doubt(now);
        assertThat(health.beginPing(now)).isFalse();
        assertThat(health.nanosSincePing(now)).isEqualTo(5 * MILLIS);
        health.answered(5 * MILLIS, now);
        assertThat(health.nanosSincePing(now)).isNegative();
        assertThat(health.nanosUntilPing(now)).isEqualTo(INTERVAL);
    }

    @Test
    void should_not_ping_in_doubt_what_is_not_connected() {
        connectAndAnswer(MILLIS);
        health.disconnected(now);
        health.doubt(now);
        assertThat(health.beginPing(now)).isFalse();
    }

    @Test
    void should_move_the_average_towards_new_measurements_and_more_after_a_pause() {
        connectAndAnswer(10 * MILLIS);
        now += SECOND;
        health.answered(20 * MILLIS, now);
        long soon = health.roundTripNanos(now);
        assertThat(soon).isBetween(10 * MILLIS, 12 * MILLIS);
        now += 10 * SECOND;
        health.answered(20 * MILLIS, now);
        assertThat(health.roundTripNanos(now)).isBetween(16 * MILLIS, 20 * MILLIS);
    }

    @Test
    void should_not_take_a_stale_average_for_a_measurement() {
        connectAndAnswer(MILLIS);
        now += SETTINGS.staleAfter().toNanos();
        assertThat(health.roundTripNanos(now)).isEqualTo(MILLIS);
        now++;
        assertThat(health.roundTripNanos(now)).isEqualTo(EndpointHealth.UNMEASURED);
    }

    @Test
    void should_go_out_of_use_after_failures_in_a_row_and_not_after_one() {
        connectAndAnswer(MILLIS);
        health.failed(now);
        assertThat(health.isUsable()).isTrue();
        assertThat(health.nanosUntilPing(now)).isZero();
        health.answered(MILLIS, now);
        health.commandFailed(now);
        assertThat(health.isUsable()).isTrue();
        health.failed(now);
        assertThat(health.isUsable()).isFalse();
        assertThat(health.state()).isEqualTo(State.OPEN);
        assertThat(health.roundTripNanos(now)).isEqualTo(EndpointHealth.UNMEASURED);
    }

    @Test
    void should_go_out_of_use_at_once_when_the_connection_is_lost() {
        connectAndAnswer(MILLIS);
        health.disconnected(now);
        assertThat(health.isUsable()).isFalse();
        assertThat(health.roundTripNanos(now)).isEqualTo(EndpointHealth.UNMEASURED);
        assertThat(health.nanosUntilPing(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void should_come_back_after_two_probes_once_the_connection_is_back() {
        connectAndAnswer(MILLIS);
        health.disconnected(now);
        now += 100 * MILLIS;
        health.connected(now);
        assertThat(health.isUsable()).isFalse();
        assertThat(health.beginPing(now)).isTrue();
        health.answered(2 * MILLIS, now);
        assertThat(health.state()).isEqualTo(State.HALF_OPEN);
        assertThat(health.isUsable()).isFalse();
        assertThat(health.beginPing(now)).isTrue();
        health.answered(2 * MILLIS, now);
        assertThat(health.isUsable()).isTrue();
        assertThat(health.roundTripNanos(now)).isEqualTo(2 * MILLIS);
    }

    @Test
    void should_ignore_an_answer_that_comes_after_the_connection_was_lost() {
        connectAndAnswer(MILLIS);
        health.disconnected(now);
        health.answered(MILLIS, now);
        health.answered(MILLIS, now);
        assertThat(health.isUsable()).isFalse();
        health.connected(now);
        assertThat(health.isUsable()).isFalse();
    }

    @Test
    void should_probe_ever_more_slowly_but_within_seconds() {
        connectAndAnswer(MILLIS);
        health.failed(now);
        health.failed(now);
        long[] expected = {250, 500, 1000, 2000, 2000, 2000};
        for (long pause : expected) {
            assertThat(health.nanosUntilPing(now)).isEqualTo(pause * MILLIS);
            now += pause * MILLIS;
            assertThat(health.beginPing(now)).isTrue();
            health.failed(now);
        }
        now += 2 * SECOND;
        health.beginPing(now);
        health.answered(MILLIS, now);
        health.beginPing(now);
        health.answered(MILLIS, now);
        assertThat(health.isUsable()).isTrue();
        health.failed(now);
        health.failed(now);
        assertThat(health.nanosUntilPing(now)).isEqualTo(250 * MILLIS);
    }

    @Test
    void should_open_again_when_a_probe_fails_after_an_answered_one() {
        connectAndAnswer(MILLIS);
        health.failed(now);
        health.failed(now);
        now += 250 * MILLIS;
        health.beginPing(now);
        health.answered(MILLIS, now);
        health.beginPing(now);
        health.failed(now);
        assertThat(health.state()).isEqualTo(State.OPEN);
        assertThat(health.nanosUntilPing(now)).isEqualTo(500 * MILLIS);
        now += 500 * MILLIS;
        health.beginPing(now);
        health.answered(MILLIS, now);
        assertThat(health.isUsable()).isFalse();
    }

    @Test
    void should_not_let_late_failures_of_commands_postpone_the_probe() {
        connectAndAnswer(MILLIS);
        health.failed(now);
        health.failed(now);
        now += 200 * MILLIS;
        health.commandFailed(now);
        health.commandFailed(now);
        assertThat(health.nanosUntilPing(now)).isEqualTo(50 * MILLIS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void should_be_usable_again_within_seconds_after_any_history(long seed) {
        Random random = new Random(seed);
        for (int event = 0; event < 200; event++) {
            now += random.nextLong(3 * SECOND);
            switch (random.nextInt(6)) {
                case 0 -> health.connected(now);
                case 1 -> health.disconnected(now);
                case 2 -> health.answered(random.nextLong(SECOND), now);
                case 3 -> health.failed(now);
                case 4 -> health.commandFailed(now);
                default -> health.beginPing(now);
            }
            assertThat(health.isUsable() && health.state() != State.CLOSED).isFalse();
        }
        health.disconnected(now);
        health.connected(now);
        long recovered = now;
        while (!health.isUsable()) {
            long wait = health.nanosUntilPing(now);
            assertThat(wait).isLessThanOrEqualTo(2 * SECOND);
            now += wait;
            assertThat(health.beginPing(now)).isTrue();
            now += MILLIS;
            health.answered(MILLIS, now);
        }
        assertThat(now - recovered).isLessThan(3 * SECOND);
        assertThat(health.roundTripNanos(now)).isNotNegative();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @Test
    void should_refuse_settings_that_cannot_work() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new HealthSettings(Duration.ZERO, second, second, 1, 1, second, second))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new HealthSettings(second.negated(), second, second, 1, 1, second, second))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new HealthSettings(second, Duration.ZERO, second, 1, 1, second, second))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new HealthSettings(second, second, Duration.ZERO, 1, 1, second, second))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new HealthSettings(second, second, second, 1, 1, Duration.ZERO, second))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new HealthSettings(second, second, second, 0, 1, second, second))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new HealthSettings(second, second, second, 1, 0, second, second))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new HealthSettings(second, second, second, 1, 1, second, Duration.ofMillis(1)))
                .isInstanceOf(InvalidRequestException.class);
    }

    private void connectAndAnswer(long roundTrip) {
        health.connected(now);
        health.beginPing(now);
        health.answered(roundTrip, now);
    }
}
