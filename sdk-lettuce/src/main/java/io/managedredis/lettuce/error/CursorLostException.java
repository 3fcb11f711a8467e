package io.managedredis.lettuce.error;

import io.managedredis.error.ManagedRedisException;

/** An iteration cannot go on, for the endpoint where it began is gone, and a cursor means nothing elsewhere. Begin again. */
public final class CursorLostException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error for an iteration that began at this endpoint. */
    public CursorLostException(String command, String endpoint) {
        super(command + " cannot go on: it began at " + endpoint
                + ", which is no longer used, and its cursor means nothing elsewhere. Begin again with cursor 0");
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
