package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.error.AuthenticationException;
import io.managedredis.error.DeadlineExceededException;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.NotFoundException;
import io.managedredis.error.PermissionDeniedException;
import io.managedredis.error.ProtocolException;
import io.managedredis.error.RateLimitedException;
import io.managedredis.error.UnavailableException;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class QueryFaultsTest {

    private static final RetrySettings WITHOUT_JITTER =
            new RetrySettings(4, Duration.ofMillis(250), Duration.ofMillis(600), 0);

    private final ApiServer server = new ApiServer();
    private final VirtualTiming timing = new VirtualTiming();

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Arguments> passingFaults() {
        List<Arguments> faults = new java.util.ArrayList<>();
        for (Style style : Style.values()) {
            faults.add(Arguments.of(style, "reset", Faults.reset()));
            faults.add(Arguments.of(style, "half a body", Faults.halfABody()));
            for (int status : new int[] {429, 500, 501, 502, 503, 504}) {
                faults.add(Arguments.of(style, "HTTP " + status, ApiServer.status(status, "<html>oops</html>")));
            }
            faults.add(Arguments.of(style, "SERVER_ERROR", ApiServer.error("boom", "SERVER_ERROR")));
        }
        return faults.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("passingFaults")
    void should_ask_again_after_growing_waits_when_the_fault_may_pass(Style style, String name, MockResponse fault) {
        server.next("FindDatabase", fault).next("FindDatabase", fault).next("FindDatabase", fault);
        server.next("FindDatabase", Answers.AddOn.named("carts").found());

        try (ManagedRedisClient client = client(WITHOUT_JITTER)) {
            assertThat(find(style, client)).isPresent();
        }

        assertThat(timing.delays()).containsExactly(250L, 500L, 600L);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("passingFaults")
    void should_give_up_after_the_last_attempt(Style style, String name, MockResponse fault) {
        for (int i = 0; i < 4; i++) {
            server.next("FindDatabase", fault);
        }

        try (ManagedRedisClient client = client(WITHOUT_JITTER)) {
            assertThatThrownBy(() -> find(style, client))
                    .isInstanceOf(ManagedRedisException.class)
                    .matches(error -> ((ManagedRedisException) error).isRetryable())
                    .hasMessageContaining("operation=find")
                    .hasMessageContaining("database=carts")
                    .hasMessageContaining("attempts=4");
        }

        assertThat(server.requests()).hasSize(4);
        assertThat(timing.delays()).containsExactly(250L, 500L, 600L);
    }

    static Stream<Arguments> lastingFaults() {
        return Stream.of(Style.values())
                .flatMap(style -> Stream.of(
                        Arguments.of(style, ApiServer.status(401, ""), AuthenticationException.class),
                        Arguments.of(style, ApiServer.status(403, "no"), PermissionDeniedException.class),
                        Arguments.of(style, ApiServer.status(404, "no"), NotFoundException.class),
                        Arguments.of(style, ApiServer.status(302, ""), ProtocolException.class),
                        Arguments.of(style, ApiServer.json("{\"data\":"), ProtocolException.class),
                        Arguments.of(style, ApiServer.json("{\"data\":null}"), ProtocolException.class),
                        Arguments.of(style, ApiServer.json(""), ProtocolException.class),
                        Arguments.of(style, ApiServer.json("[1]"), ProtocolException.class),
                        Arguments.of(style, ApiServer.data("{\"addOn\":{\"id\":\"x\"}}"), ProtocolException.class),
                        Arguments.of(
                                style,
                                ApiServer.status(200, "<html><title>Sign in</title>Welcome</html>"),
                                ProtocolException.class)));
    }

    @ParameterizedTest
    @MethodSource("lastingFaults")
    void should_fail_at_once_when_the_fault_will_not_pass(
            Style style, MockResponse fault, Class<? extends ManagedRedisException> expected) {
        server.next("FindDatabase", fault);

        try (ManagedRedisClient client = client(WITHOUT_JITTER)) {
            assertThatThrownBy(() -> find(style, client))
                    .isInstanceOf(expected)
                    .hasMessageContaining("status=" + fault.getCode())
                    .hasMessageContaining("retryable=false");
        }

        assertThat(server.requests()).hasSize(1);
        assertThat(timing.delays()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_wait_as_long_as_the_provider_asks(Style style) {
        server.next("FindDatabase", Faults.retryAfter(429, "7"))
                .next("FindDatabase", Faults.retryAfter(503, "3"))
                .next("FindDatabase", Answers.absent());

        try (ManagedRedisClient client = client(WITHOUT_JITTER)) {
            assertThat(find(style, client)).isEmpty();
        }

        assertThat(timing.delays()).containsExactly(7_000L, 3_000L);
    }

    @ParameterizedTest
    @EnumSource
    void should_wait_until_the_date_that_the_provider_names_by_its_own_clock(Style style) {
        server.next(
                        "FindDatabase",
                        Faults.retryAfter(429, "Mon, 23 Nov 2026 10:00:09 GMT")
                                .newBuilder()
                                .addHeader("Date", "Mon, 23 Nov 2026 10:00:00 GMT")
                                .build())
                .next("FindDatabase", Answers.absent());

        try (ManagedRedisClient client = client(WITHOUT_JITTER)) {
            assertThat(find(style, client)).isEmpty();
        }

        assertThat(timing.delays()).containsExactly(9_000L);
    }

    @ParameterizedTest
    @EnumSource
    void should_say_how_long_to_wait_when_that_is_longer_than_the_call_may_take(Style style) {
        server.next("FindDatabase", Faults.retryAfter(429, "3600"));

        try (ManagedRedisClient client = client(WITHOUT_JITTER)) {
            assertThatThrownBy(() -> find(style, client))
                    .isInstanceOfSatisfying(
                            RateLimitedException.class,
                            error -> assertThat(error.retryAfter()).contains(Duration.ofHours(1)));
        }

        assertThat(timing.delays()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_end_within_its_time_when_the_next_wait_would_be_longer(Style style) {
        server.next("FindDatabase", Faults.reset()).next("FindDatabase", Faults.reset());

        try (ManagedRedisClient client = client(WITHOUT_JITTER)) {
            assertThatThrownBy(() -> style.call(
                            client.databases().withTimeout(Duration.ofMillis(600)),
                            databases -> databases.find("carts"),
                            databases -> databases.find("carts")))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("PT0.6S")
                    .hasCauseInstanceOf(UnavailableException.class);
        }

        assertThat(timing.delays()).containsExactly(250L);
    }

    @ParameterizedTest
    @EnumSource
    void should_shorten_waits_by_chance(Style style) {
        server.next("FindDatabase", Faults.reset())
                .next("FindDatabase", Faults.reset())
                .next("FindDatabase", Answers.absent());
        Random chance = new Random(42);
        long first = Math.round(250 * (1 - 0.5 * chance.nextDouble()));
        long second = Math.round(500 * (1 - 0.5 * chance.nextDouble()));

        try (ManagedRedisClient client = client(RetrySettings.defaults())) {
            find(style, client);
        }

        assertThat(timing.delays().get(0)).isCloseTo(first, org.assertj.core.data.Offset.offset(1L));
        assertThat(timing.delays().get(1)).isCloseTo(second, org.assertj.core.data.Offset.offset(1L));
    }

    @ParameterizedTest
    @EnumSource
    void should_give_up_on_an_answer_that_does_not_come_or_comes_too_slowly(Style style) {
        server.next("FindDatabase", Faults.silence())
                .next("FindDatabase", Faults.slowBody())
                .always("FindDatabase", Answers.absent());

        try (ManagedRedisClient client =
                builder(WITHOUT_JITTER).requestTimeout(Duration.ofSeconds(1)).build()) {
            assertThat(find(style, client)).isEmpty();
        }

        assertThat(timing.delays()).startsWith(250L, 500L);
    }

    @ParameterizedTest
    @EnumSource
    void should_stop_reading_an_answer_that_is_larger_than_any_can_be(Style style) {
        server.next("FindDatabase", ApiServer.status(200, " ".repeat(33 << 20)));

        try (ManagedRedisClient client = client(RetrySettings.never())) {
            assertThatThrownBy(() -> find(style, client))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("more than 33554432 bytes");
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_keep_asking_while_the_connection_is_refused(Style style) {
        ManagedRedisClient client = client(WITHOUT_JITTER);
        server.close();

        assertThatThrownBy(() -> find(style, client))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("attempts=4");

        assertThat(timing.delays()).containsExactly(250L, 500L, 600L);
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void should_show_the_request_id_and_the_code(Style style) {
        server.next(
                "FindDatabase",
                ApiServer.error("You must be authenticated", "UNAUTHORIZED")
                        .newBuilder()
                        .addHeader("fly-request-id", "01ABC-mad")
                        .build());

        try (ManagedRedisClient client = client(WITHOUT_JITTER)) {
            assertThatThrownBy(() -> find(style, client))
                    .isInstanceOfSatisfying(AuthenticationException.class, error -> {
                        assertThat(error.details().requestId()).isEqualTo("01ABC-mad");
                        assertThat(error.details().code()).isEqualTo("UNAUTHORIZED");
                        assertThat(error).hasMessageContaining("requestId=01ABC-mad");
                    });
        }
    }

    private static Optional<Database> find(Style style, ManagedRedisClient client) {
        return style.call(
                client.databases(), databases -> databases.find("carts"), databases -> databases.find("carts"));
    }

    private ManagedRedisClient client(RetrySettings retry) {
        return builder(retry).build();
    }

    private ManagedRedisClient.Builder builder(RetrySettings retry) {
        return server.clientBuilder().retry(retry).timing(timing).random(new Random(42));
    }
}
