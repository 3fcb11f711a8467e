package io.managedredis.lettuce.internal.health;

import static io.managedredis.lettuce.internal.health.SilenceWatch.Step.ASK;
import static io.managedredis.lettuce.internal.health.SilenceWatch.Step.LEAVE;
import static io.managedredis.lettuce.internal.health.SilenceWatch.Step.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.lettuce.internal.health.SilenceWatch.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {

    private static final long MILLIS = 1_000_000;
    private static final long LOOK = 50 * MILLIS;

    private final EndpointHealth health = new EndpointHealth(HealthSettings.DEFAULT);
    private final SilenceWatch watch = new SilenceWatch(Duration.ofMillis(200));
    private long start = -7_000 * MILLIS;
    private long now = start;
    private long arrivals;

    SilenceWatchTest() {
        health.connected(now);
        answeredAfter(MILLIS);
    }

    @Test
    void should_ask_once_when_commands_have_waited_in_silence_for_long_enough() {
        assertThat(lookUntil(400)).containsExactly("ask at 200");
    }

    @Test
    void should_leave_when_the_ping_is_not_answered_either() {
        lookUntil(200);
        assertThat(health.beginPing(now)).isFalse();
        health.doubt(now);
        assertThat(health.beginPing(now)).isTrue();
        assertThat(lookUntil(600)).containsExactly("leave at 550", "leave at 600");
    }

    @Test
    void should_count_a_ping_that_was_under_way_before() {
        health.doubt(now);
        health.beginPing(now);
        assertThat(lookUntil(300)).containsExactly("leave at 300");
    }

    @Test
    void should_not_leave_for_a_ping_alone_when_the_silence_is_young() {
        health.doubt(now);
        health.beginPing(now);
        for (int look = 0; look < 20; look++) {
            arrivals++;
            assertThat(look(true)).isEqualTo(NONE);
        }
        assertThat(look(true)).isEqualTo(NONE);
        assertThat(look(true)).isEqualTo(NONE);
        assertThat(look(true)).isEqualTo(NONE);
        assertThat(look(true)).isEqualTo(LEAVE);
    }

    @Test
    void should_do_nothing_while_anything_arrives() {
        for (int look = 0; look < 100; look++) {
            arrivals += look % 3 == 0 ? 1 : 0;
            assertThat(look(true)).isEqualTo(NONE);
        }
    }

    @Test
    void should_do_nothing_while_nothing_waits() {
        for (int look = 0; look < 100; look++) {
            assertThat(look(false)).isEqualTo(NONE);
        }
        assertThat(look(true)).isEqualTo(NONE);
    }

    @Test
    void should_count_anew_when_other_commands_wait() {
        lookUntil(150);
        look(false);
        start = now;
        assertThat(lookUntil(250)).containsExactly("ask at 200");
    }

    @Test
    void should_ask_ever_less_often_while_the_endpoint_answers_elsewhere() {
        List<Long> asked = new ArrayList<>();
        for (int look = 0; look < 100; look++) {
            if (look(true) == ASK) {
                asked.add((now - start - LOOK) / MILLIS);
                health.doubt(now);
                health.beginPing(now);
                health.answered(MILLIS, now);
            }
        }
        assertThat(asked).containsExactly(200L, 600L, 1_400L, 3_000L);
    }

    @Test
    void should_be_more_patient_with_an_endpoint_far_away() {
        health.connected(now);
        answeredAfter(100 * MILLIS);
        assertThat(lookUntil(900)).containsExactly("ask at 800");
        health.doubt(now);
        health.beginPing(now);
        start = now;
        assertThat(lookUntil(1_300)).startsWith("leave at 1200");
    }

    @Test
    void should_not_grow_more_patient_because_a_ping_was_slow_once() {
        answeredAfter(900 * MILLIS);
        assertThat(lookUntil(250)).containsExactly("ask at 200");
    }

    @Test
    void should_not_judge_what_was_never_measured() {
        health.connected(now);
        assertThat(health.beginPing(now)).isTrue();
        assertThat(lookUntil(5_000)).isEmpty();
    }

    private void answeredAfter(long roundTrip) {
        now += 2_000 * MILLIS;
        health.doubt(now);
        health.beginPing(now);
        health.answered(roundTrip, now);
        start = now;
    }

    private Step look(boolean waiting) {
        Step step = watch.look(waiting, arrivals, health, now);
        now += LOOK;
        return step;
    }

    /** Looks while something waits and nothing arrives; what that led to. */
    private List<String> lookUntil(long millis) {
        List<String> steps = new ArrayList<>();
        while (now - start <= millis * MILLIS) {
            long at = (now - start) / MILLIS;
            Step step = Objects.requireNonNull(look(true));
            if (step != NONE) {
                steps.add(step.name().toLowerCase(java.util.Locale.ROOT) + " at " + at);
            }
        }
        return steps;
    }
}
