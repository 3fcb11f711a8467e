package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.protocol.TransactionalCommand;
import io.managedredis.lettuce.error.TransactionLostException;
import io.managedredis.lettuce.error.WriteOutcomeUnknownException;
import io.managedredis.lettuce.internal.command.CommandTable;
import io.managedredis.lettuce.internal.command.Route;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, from its WATCH or MULTI to its EXEC, DISCARD or UNWATCH. The socket that its first command is written to is
 * the only one its commands are written to: when that is lost, or one of them cannot be sent, the transaction is lost and what
 * remains of it is refused. All of its commands end, each once.
 *
 * <p>Thread safe. No method calls out while it holds the lock, for it is used under Lettuce's own locks too.
 */
final class Transaction<K, V> implements ChannelFutureListener {

    /** What is to become of a command that has come to be written. */
    enum Admission {
        WRITE,
        /** It must not get in between MULTI and EXEC. */
        HOLD,
        REFUSE
    }

    private enum State {
        /** Nothing is written; any socket will do. */
        UNBOUND,
        BOUND,
        /** Its last command is written. */
        SENT,
        LOST,
        /** The server refused MULTI, so that there is no transaction. */
        REFUSED
    }

    private final Transactions<K, V> owner;
    private final Lane<K, V> lane;
    private final TransactionAnswers<K, V> answers;

    // Guarded by this.
    private State state = State.UNBOUND;
    private @Nullable Channel channel;
    private @Nullable PinnedCommand<K, V, ?> first;
    private boolean multi;
    private boolean queueing;
    private boolean executing;
    private boolean told;
    private final Set<PinnedCommand<K, V, ?>> unanswered = new LinkedHashSet<>();
    private final List<TransactionalCommand<K, V, ?>> queued = new ArrayList<>();

    Transaction(Transactions<K, V> owner, Lane<K, V> lane, RedisCodec<K, V> codec) {
        this.owner = owner;
        this.lane = lane;
        this.answers = new TransactionAnswers<>(codec);
    }

    Lane<K, V> lane() {
        return lane;
    }

    // What the caller does.

    /** Takes a command in. */
    synchronized <T> PinnedCommand<K, V, T> enlist(RedisCommand<K, V, T> command, PinnedCommand.Role role) {
        RedisCommand<K, V, T> sent = command;
        if (role == PinnedCommand.Role.QUEUED) {
            QueuedCommand<K, V, T> waiting = new QueuedCommand<>(command);
            queued.add(waiting);
            sent = waiting;
        }
        multi |= role == PinnedCommand.Role.MULTI;
        PinnedCommand<K, V, T> pinned = new PinnedCommand<>(sent, this, role);
        first = first == null ? pinned : first;
        unanswered.add(pinned);
        return pinned;
    }

    /** Where the answer to EXEC goes, and from there to the commands it ran. */
    TransactionAnswers<K, V> answers() {
        return answers;
    }

    /** Whether MULTI was dispatched. */
    synchronized boolean isMulti() {
        return multi;
    }

    synchronized boolean isLost() {
        return state == State.LOST;
    }

    /** The caller has asked for MULTI, of what is lost. */
    synchronized void multiRefused() {
        multi = true;
    }

    /** The caller learns of the loss, for a command was refused at once. */
    synchronized void told() {
        told = true;
    }

    /**
     * Whether a WATCH or MULTI begins a new transaction in the place of this one, which is lost. Not before the caller could know
     * of the loss: what was dispatched in one go with the lost WATCH must not run without it.
     */
    synchronized boolean givesWayTo(boolean toMulti) {
        return told && (!toMulti || multi);
    }

    // What the socket does.

    /** Whether the socket does not matter yet. */
    synchronized boolean isUnbound() {
        return state == State.UNBOUND;
    }

    /** Whether the server queues what comes on the socket now. */
    synchronized boolean isQueueing() {
        return queueing;
    }

    /** A command has come to be written to a channel. Called on the channel's thread. */
    synchronized Admission admit(PinnedCommand<?, ?, ?> command, Channel on) {
        if (state == State.UNBOUND && command == first) {
            state = State.BOUND;
            channel = on;
        } else if (state != State.BOUND || channel != on) {
            return Admission.REFUSE;
        }
        switch (command.role()) {
            case AT_ONCE -> {
                if (queueing) {
                    return Admission.HOLD;
                }
            }
            case QUEUED -> {
                if (!queueing) {
                    return Admission.REFUSE;
                }
                answers.add(queuedIn(command));
            }
            case MULTI -> queueing = true;
            case EXEC, DROP -> {
                executing = command.role() == PinnedCommand.Role.EXEC;
                queueing = false;
                state = State.SENT;
            }
            case WATCH -> {
                // Changes nothing here.
            }
        }
        command.written();
        return Admission.WRITE;
    }

    @SuppressWarnings("unchecked")
    private TransactionalCommand<K, V, ?> queuedIn(PinnedCommand<?, ?, ?> command) {
        return (TransactionalCommand<K, V, ?>) command.getDelegate();
    }

    /** Watches the writing of each command: without it the transaction is not whole. */
    @Override
    public void operationComplete(ChannelFuture writing) {
        if (!writing.isSuccess()) {
            unsent(writing.channel());
        }
    }

    private void unsent(Channel on) {
        synchronized (this) {
            if (state == State.SENT) {
                // What was written after a command that was not sent has not been sent either.
                state = State.BOUND;
            }
        }
        lose();
        on.close();
    }

    /** The server has answered MULTI with an error, and runs each of the commands as it comes. */
    void refused() {
        List<TransactionalCommand<K, V, ?>> alone;
        synchronized (this) {
            queueing = false;
            if (state == State.BOUND) {
                state = State.REFUSED;
            }
            alone = List.copyOf(queued);
        }
        owner.over(this);
        // They wait for two answers, and each gets one of its own.
        alone.forEach(TransactionalCommand::complete);
    }

    // How it ends.

    /**
     * The transaction cannot be completed. A socket where it may still be open at the server is closed. Does nothing when the
     * last command is written: then its answer says what became of it.
     */
    void lose() {
        List<RedisCommand<K, V, ?>> failing = new ArrayList<>();
        Channel open;
        synchronized (this) {
            if (state != State.UNBOUND && state != State.BOUND) {
                return;
            }
            state = State.LOST;
            open = queueing ? channel : null;
            queueing = false;
            for (PinnedCommand<K, V, ?> command : unanswered) {
                // What runs at once may have run: its answer comes, or its socket tells.
                if (command.role() != PinnedCommand.Role.AT_ONCE || !command.isWritten()) {
                    failing.add(command);
                }
            }
            failing.addAll(queued);
        }
        if (open != null) {
            open.close();
        }
        owner.later(() -> failing.forEach(Transaction::refuse));
    }

    /** Ends a command that was not run. */
    static void refuse(RedisCommand<?, ?, ?> command) {
        if (command instanceof PinnedCommand<?, ?, ?> pinned && pinned.role() == PinnedCommand.Role.DROP) {
            drop(command);
        } else {
            command.completeExceptionally(
                    new TransactionLostException(command.getType().toString()));
        }
    }

    /** What is to be dropped is gone with the socket: as it was asked for. */
    static void drop(RedisCommand<?, ?, ?> command) {
        if (!command.isDone()) {
            command.getOutput().set(ByteBuffer.wrap("OK".getBytes(StandardCharsets.US_ASCII)));
            command.complete();
        }
    }

    /** A command was written, and its socket was lost before the answer. */
    void interrupted(PinnedCommand<?, ?, ?> command, String endpoint) {
        lose();
        boolean executed;
        synchronized (this) {
            executed = state == State.SENT && executing;
        }
        boolean mayHaveRun = command.role() == PinnedCommand.Role.EXEC
                || executed
                || command.role() == PinnedCommand.Role.AT_ONCE
                        && CommandTable.standard().rule(command).route() != Route.READ;
        owner.later(() -> {
            if (mayHaveRun && command.role() != PinnedCommand.Role.DROP) {
                command.completeExceptionally(
                        new WriteOutcomeUnknownException(command.getType().toString(), endpoint));
            } else {
                refuse(command);
            }
        });
    }

    /** A command is answered or cancelled. */
    void ending(PinnedCommand<?, ?, ?> command) {
        synchronized (this) {
            unanswered.remove(command);
        }
        if (command.role() == PinnedCommand.Role.DROP) {
            queuedNow().forEach(TransactionalCommand::complete);
            queuedNow().forEach(TransactionalCommand::complete);
        }
        if (command.isEnd()) {
            endMarks();
        }
    }

    /** A command fails. */
    void failing(PinnedCommand<?, ?, ?> command, Throwable failure) {
        if (failure instanceof RedisCommandTimeoutException) {
            // The server may still run it, and EXEC says so then.
            return;
        }
        synchronized (this) {
            unanswered.remove(command);
        }
        if (command.isEnd()) {
            queuedNow().forEach(each -> each.completeExceptionally(failure));
            endMarks();
        }
    }

    private void endMarks() {
        for (TransactionalCommand<K, V, ?> each : queuedNow()) {
            MarkedWrite<?, ?, ?> marked = CommandWrapper.unwrap(each, MarkedWrite.class);
            if (marked != null) {
                marked.end();
            }
            WriteCommand<?, ?, ?> write = CommandWrapper.unwrap(each, WriteCommand.class);
            if (write != null) {
                write.end();
            }
        }
    }

    private synchronized List<TransactionalCommand<K, V, ?>> queuedNow() {
        return List.copyOf(queued);
    }
}
