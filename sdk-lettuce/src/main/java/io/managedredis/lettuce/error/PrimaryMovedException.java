package io.managedredis.lettuce.error;

import io.managedredis.error.ManagedRedisException;

/**
 * The endpoint that is known as the primary answered a write with {@code READONLY}: it is a replica now. The write was not done.
 * The topology has been asked for fresh addresses; once it has them, the same write goes to the new primary.
 */
public final class PrimaryMovedException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /**
     * An error for the command with this name.
     *
     * @param answer what the server answered
     */
    public PrimaryMovedException(String command, String endpoint, Throwable answer) {
        super(
                command + " was not done: " + endpoint
                        + " is known as the primary, and refuses writes as a replica does. Fresh"
                        + " addresses have been asked for; try again, and check the topology if it goes on",
                answer);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
