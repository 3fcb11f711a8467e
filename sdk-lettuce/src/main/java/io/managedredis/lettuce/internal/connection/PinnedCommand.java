package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import org.jspecify.annotations.Nullable;

/** A command of a transaction: it is sent on the transaction's socket or not at all. */
final class PinnedCommand<K, V, T> extends CommandWrapper<K, V, T> {

    /** What the command is to its transaction. */
    enum Role {
        WATCH,
        MULTI,
        /** Runs as soon as it arrives, since MULTI has not been sent. */
        AT_ONCE,
        /** Waits at the server for EXEC. */
        QUEUED,
        EXEC,
        /** DISCARD, and UNWATCH where there is no MULTI. */
        DROP
    }

    private final Transaction<K, V> transaction;
    private final Role role;
    private volatile boolean written;

    PinnedCommand(RedisCommand<K, V, T> command, Transaction<K, V> transaction, Role role) {
        super(command);
        this.transaction = transaction;
        this.role = role;
    }

    /** The pinned command that this one is, or wraps; null for commands outside of transactions. */
    static @Nullable PinnedCommand<?, ?, ?> in(RedisCommand<?, ?, ?> command) {
        return CommandWrapper.unwrap(command, PinnedCommand.class);
    }

    Transaction<K, V> transaction() {
        return transaction;
    }

    Role role() {
        return role;
    }

    /** Whether it ends the transaction. */
    boolean isEnd() {
        return role == Role.EXEC || role == Role.DROP;
    }

    boolean isWritten() {
        return written;
    }

    void written() {
        written = true;
    }

    /** Lettuce asks before it sends a command, and drops those that are done: then a part of the transaction is missing. */
    @Override
    public boolean isDone() {
        boolean done = super.isDone();
        if (done && !written) {
            transaction.lose();
        }
        return done;
    }

    @Override
    public void complete() {
        transaction.ending(this);
        super.complete();
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        transaction.failing(this, failure);
        return super.completeExceptionally(failure);
    }

    @Override
    public void cancel() {
        transaction.ending(this);
        super.cancel();
    }
}
