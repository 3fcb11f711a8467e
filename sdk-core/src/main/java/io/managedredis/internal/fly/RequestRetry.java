package io.managedredis.internal.fly;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides whether a request is repeated, and when. Safe for use by several threads. */
final class RequestRetry {

    private final RetrySettings settings;
    private final RandomGenerator random;

    RequestRetry(RetrySettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** Begins a request. */
    Sequence begin(boolean mutation) {
        return new Sequence(mutation);
    }

    private Retry retry(boolean mutation) {
        return Retry.of(
                mutation ? "mutations" : "queries",
                RetryConfig.custom()
                        .maxAttempts(settings.maxAttempts())
                        .retryOnException(failure -> mayRepeat(failure, mutation))
                        .intervalBiFunction((attempt, result) -> delay(attempt, result.getLeft()))
                        .build());
    }

    private static boolean mayRepeat(Throwable thrown, boolean mutation) {
        return thrown instanceof AttemptFailure failure
                && failure.isPassing()
                && (!mutation || failure.effect() == AttemptFailure.Effect.NONE);
    }

    private long delay(int failures, Throwable thrown) {
        long backoff = settings.delayAfter(failures, random.nextDouble()).toMillis();
        Duration asked = thrown instanceof AttemptFailure failure ? failure.retryAfter() : null;
        return asked == null ? backoff : Math.max(backoff, asked.toMillis());
    }

    /** One request and its repetitions. Used by one thread at a time. */
    final class Sequence {

        private final boolean mutation;
        private Retry.@Nullable AsyncContext<@Nullable Void> context;

        private Sequence(boolean mutation) {
            this.mutation = mutation;
        }

        /** How long to wait before the next request; empty when there is to be none. */
        Optional<Duration> delayAfter(AttemptFailure failure) {
            if (context == null) {
                // Most requests never get here, and need none of this.
                context = retry(mutation).asyncContext();
            }
            long millis = context.onError(failure);
            return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
        }
    }
}
