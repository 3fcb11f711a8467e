package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.protocol.ReadOnlyCommands;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.CommandObserver;
import io.managedredis.lettuce.Consistency;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends each command of a routed connection, and of its views, to one of the physical connections beneath it. */
final class Router<K, V> {

    private final PhysicalConnection<K, V> primary;
    private final PhysicalConnection<K, V> reader;
    private final @Nullable CommandObserver observer;
    private final PushListeners pushListeners = new PushListeners();
    private final List<RedisConnectionStateListener> stateListeners = new CopyOnWriteArrayList<>();

    private volatile boolean pinned;
    private volatile boolean written;
    private volatile boolean closed;

    /**
     * A router over open connections.
     *
     * @param reader where reads go that need not go to the primary; the primary itself when there is no replica
     */
    Router(PhysicalConnection<K, V> primary, PhysicalConnection<K, V> reader, @Nullable CommandObserver observer) {
        this.primary = primary;
        this.reader = reader;
        this.observer = observer;
        if (reader != primary) {
            reader.endpoint().onStranded(new ReplicaStrandedCommands());
        }
    }

    /** Starts to forward events of the physical connections to the facade's listeners. */
    void attach(RedisChannelHandler<K, V> facade) {
        forEachPhysical(physical -> {
            physical.addListener(new StateForwarder(facade));
            physical.addListener(
                    message -> pushListeners.getPushListeners().forEach(listener -> listener.onPushMessage(message)));
        });
    }

    <T> RedisCommand<K, V, T> dispatch(RedisCommand<K, V, T> command, Consistency consistency) {
        CommandObserver watching = observer;
        RedisCommand<K, V, T> toSend = watching == null ? command : new ObservedCommand<>(command, watching);
        PhysicalConnection<K, V> target = targetOf(command, consistency);
        if (watching != null) {
            ObservedCommand.sentTo(target.node(), toSend);
        }
        return target.dispatch(toSend);
    }

    Collection<RedisCommand<K, V, ?>> dispatch(
            Collection<? extends RedisCommand<K, V, ?>> commands, Consistency consistency) {
        List<RedisCommand<K, V, ?>> dispatched = new ArrayList<>(commands.size());
        List<RedisCommand<K, V, ?>> run = new ArrayList<>(commands.size());
        PhysicalConnection<K, V> runTarget = primary;
        for (RedisCommand<K, V, ?> command : commands) {
            CommandObserver watching = observer;
            RedisCommand<K, V, ?> toSend = watching == null ? command : new ObservedCommand<>(command, watching);
            PhysicalConnection<K, V> target = targetOf(command, consistency);
            ObservedCommand.sentTo(target.node(), toSend);
            if (target != runTarget && !run.isEmpty()) {
                dispatched.addAll(runTarget.dispatch(List.copyOf(run)));
                run.clear();
            }
            runTarget = target;
            run.add(toSend);
        }
        if (!run.isEmpty()) {
            dispatched.addAll(runTarget.dispatch(run));
        }
        return dispatched;
    }

    boolean isMulti() {
        return primary.isMulti();
    }

    boolean isOpen() {
        return !closed && (primary.isOpen() || reader.isOpen());
    }

    void setTimeout(Duration timeout) {
        forEachPhysical(physical -> physical.setTimeout(timeout));
    }

    void setAutoFlushCommands(boolean autoFlush) {
        forEachPhysical(physical -> physical.setAutoFlushCommands(autoFlush));
    }

    void flushCommands() {
        forEachPhysical(PhysicalConnection::flushCommands);
    }

    CompletableFuture<Void> closeAsync() {
        closed = true;
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        forEachPhysical(physical -> closing.add(physical.closeAsync()));
        return CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new));
    }

    PushListeners pushListeners() {
        return pushListeners;
    }

    List<RedisConnectionStateListener> stateListeners() {
        return stateListeners;
    }

    private PhysicalConnection<K, V> targetOf(RedisCommand<K, V, ?> command, Consistency consistency) {
        String type = command.getType().toString();
        switch (type) {
            case "MULTI", "WATCH" -> pinned = true;
            case "EXEC", "DISCARD", "UNWATCH" -> pinned = false;
            default -> {
                boolean readOnly = ReadOnlyCommands.isReadOnlyCommand(command.getType());
                if (!readOnly) {
                    written = true;
                } else if (!pinned && mayUseReplica(consistency)) {
                    return reader;
                }
            }
        }
        return primary;
    }

    private boolean mayUseReplica(Consistency consistency) {
        return consistency == Consistency.EVENTUAL || consistency == Consistency.READ_YOUR_WRITES && !written;
    }

    private void forEachPhysical(Consumer<PhysicalConnection<K, V>> action) {
        action.accept(primary);
        if (reader != primary) {
            action.accept(reader);
        }
    }

    /** Reads that the replica cannot answer go to the primary. */
    private final class ReplicaStrandedCommands implements StrandedCommands {

        @Override
        public boolean takeUnsent(RedisCommand<?, ?, ?> command) {
            if (closed) {
                return false;
            }
            redirect(command);
            return true;
        }

        @Override
        public Collection<RedisCommand<?, ?, ?>> takeUnanswered(
                Collection<RedisCommand<?, ?, ?>> commands, boolean partial) {
            if (closed) {
                return commands;
            }
            // The caller holds a lock of the replica's end; taking one of the primary's end under it could deadlock.
            primary.getResources().eventExecutorGroup().execute(() -> commands.forEach(this::redirect));
            return List.of();
        }

        private void redirect(RedisCommand<?, ?, ?> command) {
            ObservedCommand.sentTo(primary.node(), command);
            primary.endpoint().write(command);
        }
    }

    /** Passes state events on, in the name of the routed connection. */
    private final class StateForwarder implements RedisConnectionStateListener {

        private final RedisChannelHandler<?, ?> facade;

        StateForwarder(RedisChannelHandler<?, ?> facade) {
            this.facade = facade;
        }

        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
            stateListeners.forEach(listener -> listener.onRedisConnected(facade, address));
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            stateListeners.forEach(listener -> listener.onRedisDisconnected(facade));
        }

        @Override
        public void onRedisExceptionCaught(RedisChannelHandler<?, ?> connection, Throwable cause) {
            stateListeners.forEach(listener -> listener.onRedisExceptionCaught(facade, cause));
        }
    }
}
