package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/** A database did not become ready, and waiting longer will not help. */
public final class NotReadyException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public NotReadyException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
