package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/** What exists already stands in the way: a name that is taken, or a change made at the same time. */
public final class ConflictException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public ConflictException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
