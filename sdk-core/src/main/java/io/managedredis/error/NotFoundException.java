package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/** There is no such database, organization or other object, or the token does not show it. */
public final class NotFoundException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public NotFoundException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
