package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all errors of this SDK. Unchecked; its message says what was wrong, what is allowed and what to do. No message
 * contains a token or a password.
 */
public abstract class ManagedRedisException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An error with a message. */
    protected ManagedRedisException(String message) {
        this(message, null);
    }

    /** An error with a message and the error that led to it. */
    protected ManagedRedisException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the same call, made again later without a change, can succeed. */
    public boolean isRetryable() {
        return false;
    }
}
