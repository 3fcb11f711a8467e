package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.json.JsonParser;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One socket to one node: a plain Lettuce connection that knows its node and its end. */
public final class PhysicalConnection<K, V> extends StatefulRedisConnectionImpl<K, V> {

    private final RegionEndpoint endpoint;
    private volatile @Nullable RegionNode node;

    PhysicalConnection(
            RedisChannelWriter writer,
            RegionEndpoint endpoint,
            RedisCodec<K, V> codec,
            Duration timeout,
            Supplier<JsonParser> parser) {
        super(writer, endpoint, codec, timeout, parser);
        this.endpoint = endpoint;
    }

    void bind(RegionNode to) {
        this.node = to;
    }

    RegionNode node() {
        RegionNode bound = node;
        if (bound == null) {
            throw new IllegalStateException("the connection is not bound to a node");
        }
        return bound;
    }

    RegionEndpoint endpoint() {
        return endpoint;
    }
}
