package io.managedredis.testing;

import io.managedredis.error.ManagedRedisException;
import org.jspecify.annotations.Nullable;

/** There is no Redis to run: no binary for this platform was found, or the one found does not start. */
public final class RedisUnavailableException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error whose message says what was looked for and how to provide it. */
    public RedisUnavailableException(String message) {
        this(message, null);
    }

    /** An error whose message says what was tried, and the error that led to it. */
    public RedisUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
