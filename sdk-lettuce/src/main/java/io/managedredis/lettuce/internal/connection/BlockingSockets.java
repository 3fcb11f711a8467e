package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.CompleteableCommand;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.error.BudgetExceededException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sockets to the primary for commands that may wait at the server: each has one to itself while it waits, so that it stalls
 * nothing else. One idle socket is kept. Thread safe.
 */
final class BlockingSockets<K, V> {

    private static final int KEPT_IDLE = 1;

    private final Router<K, V> router;
    private final Queue<PhysicalConnection<K, V>> idle = new ConcurrentLinkedQueue<>();
    private final Set<PhysicalConnection<K, V>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    BlockingSockets(Router<K, V> router) {
        this.router = router;
    }

    <T> RedisCommand<K, V, T> dispatch(Lane<K, V> primary, RedisCommand<K, V, T> command) {
        PhysicalConnection<K, V> free = idle.poll();
        while (free != null && !free.isOpen()) {
            discard(free);
            free = idle.poll();
        }
        RouteAware.tell(command, primary);
        if (free != null) {
            send(free, primary, command);
            return command;
        }
        try {
            router.fleet().openingSockets(1);
        } catch (BudgetExceededException tooMany) {
            command.completeExceptionally(tooMany);
            return command;
        }
        router.openSocket(primary.node()).whenComplete((opened, failure) -> {
            if (opened == null) {
                router.fleet().closedSockets(1);
                primary.node().failed(failure);
                command.completeExceptionally(router.unreachable("cannot open a socket for a blocking command"));
                return;
            }
            opened.endpoint().onStranded(new BlockedLane(primary));
            open.add(opened);
            router.prepare(opened);
            opened.setAutoFlushCommands(true);
            if (closed) {
                discard(opened);
            }
            send(opened, primary, command);
        });
        return command;
    }

    /** Closes what is idle, for the session has changed. */
    void forgetIdle() {
        for (PhysicalConnection<K, V> each = idle.poll(); each != null; each = idle.poll()) {
            discard(each);
        }
    }

    CompletableFuture<Void> close() {
        closed = true;
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        open.forEach(socket -> closing.add(discard(socket)));
        return CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new));
    }

    private <T> void send(PhysicalConnection<K, V> socket, Lane<K, V> primary, RedisCommand<K, V, T> command) {
        if (command.isDone()) {
            release(socket);
            return;
        }
        Waiting<T> waiting = new Waiting<>(command, socket);
        if (command instanceof CompleteableCommand<?> completeable) {
            // Callers who give up end what the wrapper wraps.
            completeable.onComplete((answer, failure) -> waiting.ended(failure));
        }
        socket.dispatch(waiting);
    }

    private void release(PhysicalConnection<K, V> socket) {
        if (closed || idle.size() >= KEPT_IDLE) {
            discard(socket);
        } else {
            idle.add(socket);
        }
    }

    private CompletableFuture<Void> discard(PhysicalConnection<K, V> socket) {
        if (open.remove(socket)) {
            router.fleet().closedSockets(1);
        }
        return socket.closeAsync();
    }

    /** Gives the socket back when the answer is there; a socket whose command was given up may still be waiting, and closes. */
    private final class Waiting<T> extends CommandWrapper<K, V, T> {

        private final PhysicalConnection<K, V> socket;
        private final AtomicBoolean returned = new AtomicBoolean();

        Waiting(RedisCommand<K, V, T> command, PhysicalConnection<K, V> socket) {
            super(command);
            this.socket = socket;
        }

        @Override
        public void complete() {
            giveBack(true);
            super.complete();
        }

        @Override
        public boolean completeExceptionally(Throwable failure) {
            if (failure instanceof RedisCommandExecutionException) {
                giveBack(true);
                return super.completeExceptionally(failure);
            }
            // Closing the socket fails what waits on it: the caller is to learn the failure that came first.
            boolean failed = super.completeExceptionally(failure);
            giveBack(false);
            return failed;
        }

        @Override
        public void cancel() {
            super.cancel();
            giveBack(false);
        }

        void ended(@Nullable Throwable failure) {
            if (failure != null && !(failure instanceof RedisCommandExecutionException)) {
                giveBack(false);
            }
        }

        private void giveBack(boolean answered) {
            if (returned.compareAndSet(false, true)) {
                if (answered) {
                    release(socket);
                } else {
                    discard(socket);
                }
            }
        }
    }

    /** What becomes of a blocked command whose socket breaks: as with any write. */
    private final class BlockedLane implements StrandedCommands {

        private final Lane<K, V> primary;

        BlockedLane(Lane<K, V> primary) {
            this.primary = primary;
        }

        @Override
        public boolean isRetired() {
            return false;
        }

        @Override
        public boolean takeUnsent(RedisCommand<?, ?, ?> command) {
            return false;
        }

        @Override
        public java.util.Collection<RedisCommand<?, ?, ?>> takeUnanswered(
                java.util.Collection<RedisCommand<?, ?, ?>> commands, boolean partial) {
            return primary.takeUnanswered(commands, partial);
        }

        @Override
        public boolean takeFailed(RedisCommand<?, ?, ?> command, String error) {
            return primary.takeFailed(command, error);
        }

        @Override
        public void answered(RedisCommand<?, ?, ?> command) {
            primary.answered(command);
        }
    }
}
