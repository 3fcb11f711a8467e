package io.managedredis.lettuce.error;

import io.managedredis.error.ManagedRedisException;

/**
 * A transaction cannot be completed: its socket closed, or one of its commands could not be sent, between {@code WATCH} or
 * {@code MULTI} and {@code EXEC}. Nothing that waited for {@code EXEC} was run. The commands of the transaction are refused
 * until it is ended, by {@code EXEC}, {@code DISCARD} or {@code UNWATCH}, or until {@code WATCH} or {@code MULTI} is sent anew after
 * one was refused.
 */
public final class TransactionLostException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error for the command with this name. */
    public TransactionLostException(String command) {
        super(
                command
                        + " was not run: the transaction it belongs to is lost, for its socket closed, or one of its commands could not"
                        + " be sent, before EXEC. Nothing that waited for EXEC was run; end it with DISCARD or UNWATCH and begin again");
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
