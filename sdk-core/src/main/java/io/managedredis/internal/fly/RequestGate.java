package io.managedredis.internal.fly;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import io.managedredis.error.RateLimitedException;
import io.managedredis.error.UnavailableException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.async.Timing;
import io.managedredis.settings.CircuitBreakerSettings;
import io.managedredis.settings.RateLimitSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Decides whether a request may be sent now, later or not at all. Safe for use by several threads. */
final class RequestGate {

    private static final String NAME = "managed-redis";

    private final @Nullable CircuitBreaker breaker;
    private final @Nullable RateLimiter limiter;

    RequestGate(
            @Nullable CircuitBreakerSettings breakerSettings,
            @Nullable RateLimitSettings limitSettings,
            Timing timing) {
        this.breaker = breakerSettings == null ? null : breaker(breakerSettings, timing);
        this.limiter = limitSettings == null ? null : limiter(limitSettings, timing);
    }

    /** Completes when the request may be sent; {@link #answered}, {@link #failed} or {@link #abandoned} must follow. */
    CompletableFuture<Void> enter(Call call) {
        return turn(call).thenRun(() -> {
            if (breaker != null && !breaker.tryAcquirePermission()) {
                throw AttemptFailure.refused(new UnavailableException(
                        "the last requests to the provider failed, so no more are sent for a while (the circuit breaker"
                                + " is open). Try again later",
                        call.details(),
                        null));
            }
        });
    }

    void answered(Duration duration) {
        if (breaker != null) {
            breaker.onSuccess(duration.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void failed(Duration duration, AttemptFailure failure) {
        if (!failure.isOutage()) {
            answered(duration);
        } else if (breaker != null) {
            breaker.onError(duration.toNanos(), TimeUnit.NANOSECONDS, failure);
        }
    }

    void abandoned() {
        if (breaker != null) {
            breaker.releasePermission();
        }
    }

    private CompletableFuture<Void> turn(Call call) {
        if (limiter == null) {
            return CompletableFuture.completedFuture(null);
        }
        long wait = limiter.reservePermission();
        if (wait < 0) {
            return CompletableFuture.failedFuture(AttemptFailure.refused(new RateLimitedException(
                    "this client's own rate limit is used up for longer than a request waits. Ask less often, or raise"
                            + " the limit",
                    limiter.getRateLimiterConfig().getTimeoutDuration(),
                    call.details(),
                    null)));
        }
        return wait == 0 ? CompletableFuture.completedFuture(null) : call.pause(Duration.ofNanos(wait), null);
    }

    private static CircuitBreaker breaker(CircuitBreakerSettings settings, Timing timing) {
        return CircuitBreaker.of(
                NAME,
                CircuitBreakerConfig.custom()
                        .failureRateThreshold((float) (settings.failureRate() * 100))
                        .slidingWindowSize(settings.window())
                        .minimumNumberOfCalls(settings.minimumRequests())
                        .waitDurationInOpenState(settings.openFor())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .currentTimestampFunction(clock -> timing.nanoTime(), TimeUnit.NANOSECONDS)
                        .clock(new TimingClock(timing))
                        .build());
    }

    private static RateLimiter limiter(RateLimitSettings settings, Timing timing) {
        return new AtomicRateLimiter(
                NAME,
                RateLimiterConfig.custom()
                        .limitForPeriod(settings.requests())
                        .limitRefreshPeriod(settings.per())
                        .timeoutDuration(settings.maxWait())
                        .build(),
                timing::nanoTime);
    }

    /** A clock that runs with the steady time, so that a change of this machine's clock does not open or shut anything. */
    private static final class TimingClock extends Clock {

        private final Timing timing;

        TimingClock(Timing timing) {
            this.timing = timing;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(timing.nanoTime());
        }
    }
}
