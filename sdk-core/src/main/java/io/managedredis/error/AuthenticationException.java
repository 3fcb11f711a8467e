package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/** The provider does not accept the token, or there is none. */
public final class AuthenticationException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public AuthenticationException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
