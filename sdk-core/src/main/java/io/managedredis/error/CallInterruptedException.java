package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/** The waiting thread was interrupted, or the client was closed, before the call ended. A change may have happened. */
public final class CallInterruptedException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public CallInterruptedException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
