package io.managedredis.error;

import org.jspecify.annotations.Nullable;

/**
 * A change was asked for, its answer was lost, and looking did not tell whether it happened. The message says what is known.
 * Look before asking again: {@code databases.find(name)}; the same specification never becomes two databases, because its
 * name can be taken only once.
 */
public final class UnknownOutcomeException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error with a message, what is known about the call, and the error that led to it. */
    public UnknownOutcomeException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
