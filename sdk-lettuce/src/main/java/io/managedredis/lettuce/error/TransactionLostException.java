package io.managedredis.lettuce.error;

import io.managedredis.error.ManagedRedisException;

/**
 * The connection to the primary closed between {@code WATCH} or {@code MULTI} and {@code EXEC}. Nothing of the transaction was
 * run; begin it again.
 */
public final class TransactionLostException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error for the command with this name. */
    public TransactionLostException(String command) {
        super(command
                + " cannot be run: the connection to the primary closed while a transaction was open, and the server"
                + " has dropped it. Nothing of it was run; begin again with WATCH or MULTI");
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
