package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/** The call did not end in the time given. Nothing was changed, or the call only reads. */
public final class DeadlineExceededException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public DeadlineExceededException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
