package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisReactiveCommandsImpl;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.json.JsonParser;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One socket to one node: a plain Lettuce connection that knows its node and its end. */
public final class PhysicalConnection<K, V> extends StatefulRedisConnectionImpl<K, V> {

    private final RegionEndpoint endpoint;
    private final boolean traced;
    private volatile @Nullable NodeUri uri;

    PhysicalConnection(
            RedisChannelWriter writer,
            RegionEndpoint endpoint,
            RedisCodec<K, V> codec,
            Duration timeout,
            Supplier<JsonParser> parser) {
        super(writer, endpoint, codec, timeout, parser);
        this.endpoint = endpoint;
        this.traced = getResources().tracing().isEnabled();
    }

    /** Made anew when asked for, which the router never does: a proxy of every command is dear in a young JVM. */
    @Override
    protected @Nullable RedisCommands<K, V> newRedisSyncCommandsImpl() {
        return null;
    }

    @Override
    protected @Nullable RedisReactiveCommandsImpl<K, V> newRedisReactiveCommandsImpl() {
        return null;
    }

    @Override
    public RedisCommands<K, V> sync() {
        return super.newRedisSyncCommandsImpl();
    }

    @Override
    public RedisReactiveCommands<K, V> reactive() {
        return super.newRedisReactiveCommandsImpl();
    }

    /**
     * Sends a read or a write of data. Lettuce's own dispatch compares the name with those that change the connection's state
     * first, and no such command does.
     */
    <T> RedisCommand<K, V, T> dispatchData(RedisCommand<K, V, T> command) {
        return traced || multi != null ? dispatch(command) : getChannelWriter().write(command);
    }

    /** Transactions are the router's: what Lettuce would note of MULTI and EXEC here is none of this socket's business. */
    @Override
    protected <T> RedisCommand<K, V, T> preProcessCommand(RedisCommand<K, V, T> command) {
        boolean framing = command instanceof PinnedCommand<K, V, T> pinned
                && (pinned.role() == PinnedCommand.Role.MULTI || pinned.role() == PinnedCommand.Role.EXEC);
        return framing ? command : super.preProcessCommand(command);
    }

    /** The address it was opened with, which wants to know when a connection stands again. */
    void openedAt(NodeUri opened) {
        this.uri = opened;
    }

    @Override
    public void activated() {
        super.activated();
        NodeUri opened = uri;
        if (opened != null) {
            opened.connected();
        }
    }

    RegionEndpoint endpoint() {
        return endpoint;
    }
}
