package io.managedredis.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of all errors of this SDK. Unchecked; its message says what was wrong, what is allowed and what to do. No message
 * contains a token or a password.
 */
public abstract class ManagedRedisException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorDetails details;

    /** An error with a message. */
    protected ManagedRedisException(String message) {
        this(message, null);
    }

    /** An error with a message and the error that led to it. */
    protected ManagedRedisException(String message, @Nullable Throwable cause) {
        this(message, ErrorDetails.none(), cause);
    }

    /** An error with a message, what is known about the call, and the error that led to it. */
    protected ManagedRedisException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = Objects.requireNonNull(details, "details");
    }

    /** What is known about the call that failed; {@link ErrorDetails#none()} where no call was made. */
    public ErrorDetails details() {
        return details;
    }

    /** Whether the same call, made again later without a change, can succeed. */
    public boolean isRetryable() {
        return false;
    }

    /** The message, followed by what is known about the call and whether a retry can help. */
    @Override
    public String getMessage() {
        String message = String.valueOf(super.getMessage());
        if (details.equals(ErrorDetails.none())) {
            return message;
        }
        return message + " [" + details + ", retryable=" + isRetryable() + "]";
    }
}
