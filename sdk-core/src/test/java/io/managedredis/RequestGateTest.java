package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.error.AuthenticationException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.RateLimitedException;
import io.managedredis.error.UnavailableException;
import io.managedredis.settings.CircuitBreakerSettings;
import io.managedredis.settings.RateLimitSettings;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestGateTest {

    private static final CircuitBreakerSettings BREAKER = new CircuitBreakerSettings(0.5, 4, 4, Duration.ofSeconds(15));

    private final ApiServer server = new ApiServer();
    private final VirtualTiming timing = new VirtualTiming();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void should_stop_asking_a_provider_that_is_down_and_try_again_later(Style style) {
        for (int i = 0; i < 4; i++) {
            server.next("FindDatabase", ApiServer.status(503, "down"));
        }
        server.always("FindDatabase", Answers.absent());
        try (ManagedRedisClient client = builder().circuitBreaker(BREAKER).build()) {
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> find(style, client)).hasMessageContaining("down");
            }

            assertThatThrownBy(() -> find(style, client))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("circuit breaker");
            assertThat(server.requests()).hasSize(4);

            timing.advance(Duration.ofSeconds(16));
            assertThat(find(style, client)).isEmpty();
            assertThat(find(style, client)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_go_on_asking_a_provider_that_refuses(Style style) {
        server.alwaysFrom("FindDatabase", variables -> ApiServer.status(401, "no"));
        try (ManagedRedisClient client = builder().circuitBreaker(BREAKER).build()) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> find(style, client)).isInstanceOf(AuthenticationException.class);
            }
        }
        assertThat(server.requests()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource
    void should_let_requests_wait_for_their_turn(Style style) {
        server.always("FindDatabase", Answers.absent());
        try (ManagedRedisClient client = builder()
                .rateLimit(new RateLimitSettings(2, Duration.ofSeconds(1), Duration.ofSeconds(5)))
                .build()) {
            for (int i = 0; i < 5; i++) {
                find(style, client);
            }
        }
        assertThat(timing.delays()).containsExactly(1_000L, 1_000L);
    }

    @ParameterizedTest
    @EnumSource
    void should_refuse_a_request_whose_turn_is_too_far_away(Style style) {
        server.always("FindDatabase", Answers.absent());
        try (ManagedRedisClient client = builder()
                .rateLimit(new RateLimitSettings(1, Duration.ofMinutes(1), Duration.ofSeconds(5)))
                .build()) {
            find(style, client);

            assertThatThrownBy(() -> find(style, client))
                    .isInstanceOf(RateLimitedException.class)
                    .hasMessageContaining("own rate limit");
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void should_refuse_settings_that_cannot_work() {
        assertThatThrownBy(() -> new CircuitBreakerSettings(0, 4, 4, Duration.ofSeconds(1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new CircuitBreakerSettings(0.5, 4, 5, Duration.ofSeconds(1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> RateLimitSettings.perSecond(0)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new RetrySettings(0, Duration.ZERO, Duration.ZERO, 0))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new RetrySettings(1, Duration.ofSeconds(2), Duration.ofSeconds(1), 0))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new RetrySettings(1, Duration.ZERO, Duration.ZERO, Double.NaN))
                .isInstanceOf(InvalidRequestException.class);
    }

    private ManagedRedisClient.Builder builder() {
        return server.clientBuilder().timing(timing).retry(RetrySettings.never());
    }

    private static Optional<Database> find(Style style, ManagedRedisClient client) {
        return style.call(
                client.databases(), databases -> databases.find("carts"), databases -> databases.find("carts"));
    }
}
