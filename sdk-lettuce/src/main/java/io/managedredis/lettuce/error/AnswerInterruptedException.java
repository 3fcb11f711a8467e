package io.managedredis.lettuce.error;

import io.managedredis.error.ManagedRedisException;

/** The answer to a read had arrived in part when its socket closed, and what had arrived cannot be taken back. Read again. */
public final class AnswerInterruptedException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error for the command with this name. */
    public AnswerInterruptedException(String command, String endpoint) {
        super("the connection to " + endpoint + " closed while the answer to " + command + " was arriving. Read again");
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
