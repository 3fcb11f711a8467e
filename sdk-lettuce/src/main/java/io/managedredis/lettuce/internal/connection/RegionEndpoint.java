package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The end of one physical connection. Commands it cannot send now are offered to the routed connection above it. */
final class RegionEndpoint extends DefaultEndpoint {

    private final ClientOptions options;
    private volatile @Nullable StrandedCommands stranded;
    private volatile @Nullable RegionCommandHandler handler;
    private volatile boolean transactional;

    RegionEndpoint(ClientOptions options, ClientResources resources) {
        super(options, resources);
        this.options = options;
    }

    ClientOptions options() {
        return options;
    }

    /** Who takes the commands this end cannot send. Until it is set, they wait for the reconnect. */
    void onStranded(StrandedCommands taker) {
        this.stranded = taker;
    }

    @Nullable
    StrandedCommands stranded() {
        return stranded;
    }

    /** From now on commands may belong to transactions. Until then nobody looks, for it costs every command a little. */
    void expectTransactions() {
        if (!transactional) {
            transactional = true;
        }
    }

    boolean isTransactional() {
        return transactional;
    }

    /** The handler of the channel that is being set up. */
    void handler(RegionCommandHandler installed) {
        this.handler = installed;
    }

    boolean isConnected() {
        Channel current = channel;
        return current != null && current.isActive();
    }

    /** Looks on the channel's own thread how long its commands have waited; see {@link RegionCommandHandler#inspect}. */
    void inspect(SocketInspection inspection) {
        Channel current = channel;
        RegionCommandHandler installed = handler;
        if (current != null && installed != null && current.isActive()) {
            current.eventLoop().execute(() -> installed.inspect(inspection));
        }
    }

    /** Does something after, off the I/O thread and outside of locks. */
    void later(Runnable task) {
        try {
            getClientResources().eventExecutorGroup().execute(task);
        } catch (RejectedExecutionException closing) {
            task.run();
        }
    }

    /** Fails what has waited here for a socket that does not come. */
    void failUnsent(Throwable failure) {
        if (!isConnected()) {
            for (RedisCommand<?, ?, ?> command : doExclusive(this::drainCommands)) {
                command.completeExceptionally(failure);
            }
        }
    }

    @Override
    public <K, V, T> RedisCommand<K, V, T> write(RedisCommand<K, V, T> command) {
        StrandedCommands taker = stranded;
        PinnedCommand<?, ?, ?> pinned = transactional ? PinnedCommand.in(command) : null;
        if (pinned != null) {
            boolean mayWait = pinned.transaction().isUnbound() && (taker == null || !taker.isRetired());
            if (isConnected() || mayWait) {
                return super.write(command);
            }
            pinned.transaction().lose();
            Transaction.refuse(pinned);
            return command;
        }
        if (taker != null && (!isConnected() || taker.isRetired()) && taker.takeUnsent(command)) {
            return command;
        }
        return super.write(command);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> Collection<RedisCommand<K, V, ?>> write(Collection<? extends RedisCommand<K, V, ?>> commands) {
        StrandedCommands taker = stranded;
        if (taker == null || isConnected() && !taker.isRetired()) {
            return super.write(commands);
        }
        List<RedisCommand<K, V, ?>> kept = new ArrayList<>(commands.size());
        for (RedisCommand<K, V, ?> command : commands) {
            if (!taker.takeUnsent(command)) {
                kept.add(command);
            }
        }
        if (!kept.isEmpty()) {
            super.write(kept);
        }
        return (Collection<RedisCommand<K, V, ?>>) commands;
    }

    /** Batched commands whose socket went away before the flush are offered as well. */
    @Override
    public void flushCommands() {
        StrandedCommands taker = stranded;
        if (taker == null || isConnected()) {
            super.flushCommands();
            return;
        }
        List<RedisCommand<?, ?, ?>> unsent = doExclusive(this::drainCommands);
        for (RedisCommand<?, ?, ?> command : unsent) {
            write(command);
        }
    }

    /** What was flushed while there was no socket has waited for this one. */
    @Override
    public void notifyChannelActive(Channel active) {
        super.notifyChannelActive(active);
        flushCommands();
    }
}
