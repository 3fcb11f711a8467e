package io.managedredis.internal.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.DatabaseSpec;
import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaseNameTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void should_read_back_what_it_wrote() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String base =
                    DatabaseSpec.unnamed(random).primaryRegion("mad").build().name() + "-x".repeat(random.nextInt(20));
            Duration length = Duration.ofSeconds(1 + random.nextInt((int) LeaseName.LONGEST.toSeconds()));
            LeaseName name = LeaseName.draw(base, "CI Runner #" + random.nextInt(), NOW, length, random);

            assertThat(LeaseName.parse(name.text())).contains(name);
            assertThat(DatabaseSpec.named(name.text())
                            .primaryRegion("mad")
                            .build()
                            .name())
                    .isEqualTo(name.text());
            assertThat(name.expiresAt()).isEqualTo(NOW.plus(length));
        }
    }

    @Test
    void should_not_take_a_changed_name_for_a_lease() {
        Random random = new Random(11);
        String name = LeaseName.draw("sessions", "ci", NOW, Duration.ofMinutes(30), random)
                .text();

        int survived = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder changed = new StringBuilder(name);
            int at = random.nextInt(name.length());
            char other = Character.forDigit(random.nextInt(36), 36);
            if (changed.charAt(at) == other) {
                continue;
            }
            changed.setCharAt(at, other);
            survived += LeaseName.parse(changed.toString()).isPresent() ? 1 : 0;
        }

        assertThat(survived).isZero();
    }

    @Test
    void should_not_take_other_names_for_leases() {
        assertThat(LeaseName.parse("sessions")).isEmpty();
        assertThat(LeaseName.parse("sessions-ci-lzzzzzz-1e-abcd-000000")).isEmpty();
        assertThat(LeaseName.parse("")).isEmpty();
    }

    @Test
    void should_refuse_a_length_out_of_range() {
        for (Duration length : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(31)}) {
            assertThatThrownBy(() -> LeaseName.draw("a", "b", NOW, length, new Random(1)))
                    .isInstanceOf(InvalidRequestException.class)
                    .extracting("field")
                    .isEqualTo("length");
        }
    }
}
