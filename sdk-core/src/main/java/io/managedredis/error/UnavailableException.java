package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/** The provider cannot be reached or does not work. Nothing was changed. */
public final class UnavailableException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public UnavailableException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
