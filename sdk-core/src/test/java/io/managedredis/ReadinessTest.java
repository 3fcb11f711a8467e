package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Answers.AddOn;
import io.managedredis.error.DeadlineExceededException;
import io.managedredis.error.NotFoundException;
import io.managedredis.error.NotReadyException;
import io.managedredis.readiness.ProbeResult;
import io.managedredis.readiness.Readiness;
import io.managedredis.readiness.ReadinessProbe;
import io.managedredis.readiness.ReadinessProgress;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessTest {

    private static final DatabaseId ID = DatabaseId.of("id-carts");
    private static final AddOn READY = AddOn.named("carts");
    private static final AddOn PENDING = READY.status("\"pending\"").publicUrl("null");

    private final ApiServer server = new ApiServer();
    private final VirtualTiming timing = new VirtualTiming();
    private final List<ReadinessProgress> progress = new ArrayList<>();
    private ManagedRedisClient client;

    @BeforeEach
    void open() {
        client = server.clientBuilder()
                .timing(timing)
                .random(new Zero())
                .retry(RetrySettings.never())
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void should_wait_until_the_provider_says_that_it_is_ready(Style style) {
        server.next("GetDatabase", PENDING.found())
                .next("GetDatabase", PENDING.status("\"brand-new-state\"").found())
                .next("GetDatabase", READY.found());

        assertThat(await(style, readiness()).isReady()).isTrue();

        assertThat(timing.delays()).containsExactly(250L, 500L);
        assertThat(progress).extracting(ReadinessProgress::attempt).containsExactly(1, 2, 3);
        assertThat(progress).extracting(ReadinessProgress::ready).containsExactly(false, false, true);
        assertThat(progress.get(1).detail()).contains("brand-new-state", "no address");
        assertThat(progress.get(2).elapsed()).isEqualTo(Duration.ofMillis(750));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void should_take_an_address_as_enough_when_the_provider_gives_no_state(String state) {
        server.next("GetDatabase", READY.status(state).publicUrl("null").found())
                .next("GetDatabase", READY.status(state).found());

        assertThat(readiness().await(Duration.ofMinutes(1)).endpoints()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void should_grow_the_wait_up_to_the_longest(Style style) {
        for (int i = 0; i < 5; i++) {
            server.next("GetDatabase", PENDING.found());
        }
        server.next("GetDatabase", READY.found());

        await(style, readiness().backoff(Duration.ofSeconds(1), Duration.ofSeconds(3)));

        assertThat(timing.delays()).containsExactly(1000L, 2000L, 3000L, 3000L, 3000L);
    }

    @ParameterizedTest
    @EnumSource
    void should_end_at_the_deadline_and_say_what_it_saw_last(Style style) {
        server.always("GetDatabase", PENDING.found());

        assertThatThrownBy(() -> await(style, readiness()))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("PT1M")
                .hasMessageContaining("'pending'");
        assertThat(timing.nanoTime()).isLessThan(Duration.ofMinutes(1).toNanos());
    }

    @ParameterizedTest
    @EnumSource
    void should_end_after_the_last_attempt(Style style) {
        server.always("GetDatabase", PENDING.found());

        assertThatThrownBy(() -> await(style, readiness().maxAttempts(3)))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("after 3 looks");
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void should_end_when_the_database_has_failed(Style style) {
        server.next("GetDatabase", READY.status("\"suspended\"").found());

        assertThatThrownBy(() -> await(style, readiness()))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("suspended");
    }

    @ParameterizedTest
    @EnumSource
    void should_end_when_there_is_no_such_database(Style style) {
        server.next("GetDatabase", Answers.absent());

        assertThatThrownBy(() -> await(style, readiness())).isInstanceOf(NotFoundException.class);
    }

    @ParameterizedTest
    @EnumSource
    void should_survive_a_provider_that_is_away_for_a_moment(Style style) {
        server.next("GetDatabase", ApiServer.status(503, "down"))
                .next("GetDatabase", Faults.reset())
                .next("GetDatabase", READY.found());

        await(style, readiness());

        assertThat(progress).extracting(ReadinessProgress::ready).containsExactly(false, false, true);
    }

    @ParameterizedTest
    @EnumSource
    void should_wait_until_the_address_answers_when_there_is_a_probe(Style style) {
        server.always("GetDatabase", READY.found());
        Queue<CompletableFuture<ProbeResult>> results = new ArrayDeque<>(List.of(
                CompletableFuture.completedFuture(new ProbeResult.NotYet("connection refused")),
                CompletableFuture.failedFuture(new IllegalStateException("redis://default:secret@host")),
                CompletableFuture.completedFuture(new ProbeResult.Answered())));
        ReadinessProbe probe = database -> results.remove();

        await(style, readiness().probe(probe));

        assertThat(results).isEmpty();
        assertThat(progress.get(0).detail()).contains("connection refused");
        assertThat(progress.get(1).detail()).contains("IllegalStateException").doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_it_is_outside_the_network_rather_than_wait(Style style) {
        server.always("GetDatabase", READY.found());

        assertThatThrownBy(() -> await(
                        style,
                        readiness()
                                .probe(database -> CompletableFuture.completedFuture(
                                        new ProbeResult.OutsideNetwork("the name does not resolve")))))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("the name does not resolve")
                .hasMessageContaining("private network");
        assertThat(timing.delays()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_look_again_when_a_probe_throws(Style style) {
        server.always("GetDatabase", READY.found());

        assertThatThrownBy(() -> await(style, readiness().maxAttempts(2).probe(database -> {
                    throw new IllegalStateException("broken");
                })))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("IllegalStateException");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void should_give_up_on_a_probe_that_never_ends() {
        server.always("GetDatabase", READY.found());
        try (ManagedRedisClient real = server.client()) {
            CompletableFuture<ProbeResult> never = new CompletableFuture<>();

            assertThatThrownBy(() -> real.databases()
                            .readiness(ID)
                            .probe(database -> never)
                            .await(Duration.ofMillis(300)))
                    .isInstanceOf(DeadlineExceededException.class);
        }
    }

    private Readiness readiness() {
        return client.databases().readiness(ID).onProgress(progress::add);
    }

    private Database await(Style style, Readiness readiness) {
        return style.call(
                client.databases(),
                unused -> readiness.await(Duration.ofMinutes(1)),
                unused -> readiness.awaitAsync(Duration.ofMinutes(1)));
    }

    /** Chance that never shortens a wait. */
    private static final class Zero implements java.util.random.RandomGenerator {

        @Override
        public long nextLong() {
            return 0;
        }
    }
}
