package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/** The answer is not what the provider's interface promises, so it cannot be used. The call only reads. */
public final class ProtocolException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public ProtocolException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
