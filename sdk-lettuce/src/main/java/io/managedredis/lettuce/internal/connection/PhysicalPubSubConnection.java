package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.pubsub.PubSubEndpoint;
import io.lettuce.core.pubsub.RedisPubSubReactiveCommandsImpl;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnectionImpl;
import io.lettuce.core.pubsub.api.reactive.RedisPubSubReactiveCommands;
import io.lettuce.core.pubsub.api.sync.RedisPubSubCommands;
import io.managedredis.lettuce.internal.command.CommandTable;
import io.managedredis.lettuce.internal.command.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A pub/sub connection: subscriptions on its own socket, to the near replica; everything else, PUBLISH above all, on a socket to
 * the primary where there is one.
 */
final class PhysicalPubSubConnection<K, V> extends StatefulRedisPubSubConnectionImpl<K, V>
        implements StatefulRedisPubSubConnection<K, V> {

    private static final CommandTable TABLE = CommandTable.standard();

    private final PubSubEndpoint<K, V> endpoint;
    private final AtomicReference<@Nullable Runnable> closing = new AtomicReference<>();
    private final OnDemand<RedisPubSubCommands<K, V>> sync = new OnDemand<>(super::newRedisSyncCommandsImpl);
    private final OnDemand<RedisPubSubReactiveCommands<K, V>> reactive =
            new OnDemand<>(super::newRedisReactiveCommandsImpl);
    private volatile @Nullable PhysicalConnection<K, V> primary;

    PhysicalPubSubConnection(
            PubSubEndpoint<K, V> endpoint, RedisChannelWriter writer, RedisCodec<K, V> codec, Duration timeout) {
        super(endpoint, writer, codec, timeout);
        this.endpoint = endpoint;
    }

    /** Made when it is asked for: a proxy of every command is most of what opening a first connection would cost. */
    @Override
    protected @Nullable RedisPubSubCommands<K, V> newRedisSyncCommandsImpl() {
        return null;
    }

    @Override
    protected @Nullable RedisPubSubReactiveCommandsImpl<K, V> newRedisReactiveCommandsImpl() {
        return null;
    }

    @Override
    public RedisPubSubCommands<K, V> sync() {
        return sync.get();
    }

    @Override
    public RedisPubSubReactiveCommands<K, V> reactive() {
        return reactive.get();
    }

    PubSubEndpoint<K, V> endpoint() {
        return endpoint;
    }

    /** Run once when this is closed. */
    void onClose(Runnable run) {
        closing.set(run);
    }

    void publishThrough(PhysicalConnection<K, V> socket) {
        this.primary = socket;
    }

    @Override
    public <T> RedisCommand<K, V, T> dispatch(RedisCommand<K, V, T> command) {
        PhysicalConnection<K, V> elsewhere = primary;
        return elsewhere == null || staysHere(command) ? super.dispatch(command) : elsewhere.dispatch(command);
    }

    @Override
    public Collection<RedisCommand<K, V, ?>> dispatch(Collection<? extends RedisCommand<K, V, ?>> commands) {
        List<RedisCommand<K, V, ?>> dispatched = new ArrayList<>(commands.size());
        commands.forEach(command -> dispatched.add(dispatch(command)));
        return dispatched;
    }

    private static boolean staysHere(RedisCommand<?, ?, ?> command) {
        Route route = TABLE.rule(command).route();
        String name = command.getType().toString();
        return route == Route.SUBSCRIBE || route == Route.EVERYWHERE || name.equals("PING") || name.equals("QUIT");
    }

    @Override
    public void setTimeout(Duration timeout) {
        super.setTimeout(timeout);
        PhysicalConnection<K, V> elsewhere = primary;
        if (elsewhere != null) {
            elsewhere.setTimeout(timeout);
        }
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        Runnable ending = closing.getAndSet(null);
        if (ending != null) {
            ending.run();
        }
        PhysicalConnection<K, V> elsewhere = primary;
        CompletableFuture<Void> own = super.closeAsync();
        return elsewhere == null ? own : CompletableFuture.allOf(own, elsewhere.closeAsync());
    }
}
