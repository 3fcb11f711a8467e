package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.MultiOutput;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.internal.command.CommandRule;
import io.managedredis.lettuce.internal.command.Route;
import org.jspecify.annotations.Nullable;

/** The transactions of a routed connection, of which one can be open. Thread safe. */
final class Transactions<K, V> {

    private final Router<K, V> router;
    private volatile @Nullable Transaction<K, V> current;

    Transactions(Router<K, V> router) {
        this.router = router;
    }

    /** Whether commands belong to a transaction now, perhaps to one that is lost. */
    boolean isOpen() {
        return current != null;
    }

    boolean isOpenAt(Lane<?, ?> lane) {
        Transaction<K, V> now = current;
        return now != null && now.lane() == lane;
    }

    /** Whether a caller is between MULTI and what ends it. */
    boolean isMulti() {
        Transaction<K, V> now = current;
        return now != null && now.isMulti();
    }

    /** Sends a command that begins a transaction, or belongs to the open one. */
    <T> RedisCommand<K, V, T> dispatch(RedisCommand<K, V, T> command, CommandRule rule) {
        Transaction<K, V> now = current;
        boolean toMulti = rule.name().equals("MULTI");
        if (now != null && now.isLost()) {
            if (rule.route() != Route.PIN || !now.givesWayTo(toMulti)) {
                return refused(now, command, rule);
            }
            now = null;
        }
        if (now == null) {
            return rule.route() == Route.PIN ? begin(command, toMulti) : router.sendToPrimary(command, rule);
        }
        return switch (rule.name()) {
            case "MULTI" -> now.isMulti() ? nested(command) : send(now, command, PinnedCommand.Role.MULTI);
            case "WATCH" -> send(now, command, PinnedCommand.Role.WATCH);
            case "EXEC" -> {
                over(now);
                answerInto(command, now.answers());
                yield send(now, command, PinnedCommand.Role.EXEC);
            }
            case "DISCARD" -> {
                over(now);
                yield send(now, command, PinnedCommand.Role.DROP);
            }
            case "UNWATCH" -> {
                if (now.isMulti()) {
                    yield send(now, command, PinnedCommand.Role.QUEUED);
                }
                over(now);
                yield send(now, command, PinnedCommand.Role.DROP);
            }
            default ->
                send(
                        now,
                        router.marked(rule, command),
                        now.isMulti() ? PinnedCommand.Role.QUEUED : PinnedCommand.Role.AT_ONCE);
        };
    }

    private <T> RedisCommand<K, V, T> begin(RedisCommand<K, V, T> command, boolean toMulti) {
        Lane<K, V> lane = router.primary();
        Transaction<K, V> begun = new Transaction<>(this, lane, router.codec());
        send(begun, command, toMulti ? PinnedCommand.Role.MULTI : PinnedCommand.Role.WATCH);
        // Last: what another thread adds to the transaction must not overtake its beginning.
        current = lane.connection() == null ? null : begun;
        return command;
    }

    private <T> RedisCommand<K, V, T> send(
            Transaction<K, V> to, RedisCommand<K, V, T> command, PinnedCommand.Role role) {
        PinnedCommand<K, V, T> pinned = to.enlist(command, role);
        if (to.isLost()) {
            to.told();
            Transaction.refuse(pinned);
            return command;
        }
        PhysicalConnection<K, V> socket = to.lane().connection();
        if (socket != null) {
            socket.endpoint().expectTransactions();
        }
        router.send(to.lane(), pinned);
        return command;
    }

    /** The same answer as the server's, which would be followed by the end of Lettuce's idea of the transaction. */
    private static <T, K, V> RedisCommand<K, V, T> nested(RedisCommand<K, V, T> command) {
        command.completeExceptionally(new RedisCommandExecutionException("ERR MULTI calls can not be nested"));
        return command;
    }

    /** The transaction is lost; nothing of it may run. */
    private <T> RedisCommand<K, V, T> refused(Transaction<K, V> lost, RedisCommand<K, V, T> command, CommandRule rule) {
        boolean drops = rule.name().equals("DISCARD") || rule.name().equals("UNWATCH") && !lost.isMulti();
        if (drops || rule.name().equals("EXEC")) {
            over(lost);
        } else if (rule.name().equals("MULTI")) {
            lost.multiRefused();
        }
        lost.told();
        if (drops) {
            Transaction.drop(command);
        } else {
            Transaction.refuse(command);
        }
        return command;
    }

    @SuppressWarnings("unchecked")
    private static <K, V, T> void answerInto(RedisCommand<K, V, T> exec, MultiOutput<K, V> answers) {
        // As Lettuce does: EXEC has no other answer.
        exec.setOutput((CommandOutput<K, V, T>) (CommandOutput<K, V, ?>) answers);
    }

    /** The transaction takes no further commands. */
    void over(Transaction<K, V> ended) {
        synchronized (this) {
            if (current == ended) {
                current = null;
            }
        }
    }

    void later(Runnable task) {
        router.later(task);
    }
}
