package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisException;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.error.BudgetExceededException;
import io.managedredis.lettuce.internal.budget.BudgetMeter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the commands of one connection through as its budget allows: at once, or in their order when their turn comes, or not at
 * all. Exists only where there is a budget. Blocks nobody. Thread safe.
 */
final class BudgetGate<K, V> {

    private final Router<K, V> router;
    private final BudgetMeter meter;
    private final LongSupplier nanoClock;
    private final ScheduledExecutorService timer;

    /** Guarded by itself, as is all below. The head is removed after it was sent, so that nothing overtakes it. */
    private final Queue<Waiting<K, V>> waiting = new ArrayDeque<>();

    private boolean sending;
    private boolean inTransaction;
    private @Nullable BudgetExceededException spoiled;
    private boolean closed;

    private record Waiting<K, V>(RedisCommand<K, V, ?> command, Consistency consistency, long dueNanos) {}

    BudgetGate(Router<K, V> router, BudgetMeter meter, LongSupplier nanoClock, ScheduledExecutorService timer) {
        this.router = router;
        this.meter = meter;
        this.nanoClock = nanoClock;
        this.timer = timer;
    }

    <T> RedisCommand<K, V, T> dispatch(RedisCommand<K, V, T> command, Consistency consistency) {
        BudgetExceededException refused;
        synchronized (waiting) {
            refused = admit(command, consistency);
            if (refused == null && !waiting.isEmpty()) {
                return command;
            }
        }
        if (refused == null) {
            return router.dispatch(command, consistency);
        }
        command.completeExceptionally(refused);
        return command;
    }

    /** Counts the command, and has it wait where it must; why it is refused, or null. */
    private @Nullable BudgetExceededException admit(RedisCommand<K, V, ?> command, Consistency consistency) {
        long wait = 0;
        if (endsTransaction(command)) {
            BudgetExceededException because = spoiled;
            inTransaction = false;
            spoiled = null;
            meter.count(command);
            if (because != null && command.getType() == CommandType.EXEC) {
                enqueueOrSend(discard(), consistency);
                return because;
            }
        } else {
            try {
                wait = meter.admit(command);
            } catch (BudgetExceededException refused) {
                if (inTransaction && spoiled == null) {
                    spoiled = refused;
                }
                return refused;
            }
            inTransaction |= command.getType() == CommandType.MULTI;
        }
        if (wait > 0 || !waiting.isEmpty()) {
            enqueue(command, consistency, wait);
        }
        return null;
    }

    private static boolean endsTransaction(RedisCommand<?, ?, ?> command) {
        return command.getType() == CommandType.EXEC || command.getType() == CommandType.DISCARD;
    }

    private void enqueueOrSend(RedisCommand<K, V, ?> command, Consistency consistency) {
        if (waiting.isEmpty()) {
            router.dispatch(command, consistency);
        } else {
            enqueue(command, consistency, 0);
        }
    }

    private RedisCommand<K, V, String> discard() {
        return new AsyncCommand<>(new Command<>(CommandType.DISCARD, new StatusOutput<>(router.codec())));
    }

    private void enqueue(RedisCommand<K, V, ?> command, Consistency consistency, long wait) {
        waiting.add(new Waiting<>(command, consistency, nanoClock.getAsLong() + wait));
        if (!sending) {
            sending = true;
            timer.schedule(this::sendDue, wait, TimeUnit.NANOSECONDS);
        }
    }

    /** Sends what is due, and comes back for the rest. One at a time. */
    private void sendDue() {
        for (Waiting<K, V> next = head(); next != null; next = head()) {
            long early = next.dueNanos() - nanoClock.getAsLong();
            if (early > 0) {
                router.flushCommands();
                timer.schedule(this::sendDue, early, TimeUnit.NANOSECONDS);
                return;
            }
            if (!next.command().isDone()) {
                router.dispatch(next.command(), next.consistency());
            }
            synchronized (waiting) {
                waiting.poll();
            }
        }
        // The caller may have flushed before their turn came.
        router.flushCommands();
    }

    private @Nullable Waiting<K, V> head() {
        synchronized (waiting) {
            Waiting<K, V> next = waiting.peek();
            sending = next != null;
            return next;
        }
    }

    /** Fails what waits. */
    void close() {
        List<Waiting<K, V>> left;
        synchronized (waiting) {
            if (closed) {
                return;
            }
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(each -> each.command().completeExceptionally(new RedisException("Connection is closed")));
    }
}
