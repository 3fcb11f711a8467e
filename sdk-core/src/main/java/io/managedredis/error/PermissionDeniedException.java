package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/** The token is good, and does not allow this. */
public final class PermissionDeniedException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public PermissionDeniedException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
