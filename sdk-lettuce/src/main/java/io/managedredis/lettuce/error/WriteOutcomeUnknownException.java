package io.managedredis.lettuce.error;

import io.managedredis.error.ManagedRedisException;

/**
 * A write was sent, and its socket closed before the answer came: the server may or may not have run it. Look before doing it
 * again, or choose {@link io.managedredis.lettuce.UnansweredWrites#REPLAY} where doing it twice is harmless.
 */
public final class WriteOutcomeUnknownException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error for the command with this name. */
    public WriteOutcomeUnknownException(String command, String endpoint) {
        super("the connection to " + endpoint + " closed before " + command
                + " was answered; the server may or may not have run it. Look before doing it again, or choose"
                + " UnansweredWrites.REPLAY where doing it twice is harmless");
    }
}
