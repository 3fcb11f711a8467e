package io.managedredis.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Too many requests. Nothing was changed. */
public final class RateLimitedException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /** An error with the wait that the provider asks for, or null where it names none. */
    public RateLimitedException(
            String message, @Nullable Duration retryAfter, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
        this.retryAfter = retryAfter;
    }

    /** How long to wait before the next request; empty where it is not known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
