package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.pubsub.PubSubEndpoint;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnectionImpl;
import java.time.Duration;

/** A plain Lettuce pub/sub connection that knows its end, so that a half-open socket can be closed. */
final class PhysicalPubSubConnection<K, V> extends StatefulRedisPubSubConnectionImpl<K, V> {

    private final PubSubEndpoint<K, V> endpoint;

    PhysicalPubSubConnection(
            PubSubEndpoint<K, V> endpoint, RedisChannelWriter writer, RedisCodec<K, V> codec, Duration timeout) {
        super(endpoint, writer, codec, timeout);
        this.endpoint = endpoint;
    }

    PubSubEndpoint<K, V> endpoint() {
        return endpoint;
    }
}
