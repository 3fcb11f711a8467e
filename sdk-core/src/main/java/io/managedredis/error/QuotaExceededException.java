package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/** The account or organization may not have more, or must pay first. Only a person can change that. */
public final class QuotaExceededException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public QuotaExceededException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
