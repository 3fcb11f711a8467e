package io.managedredis.examples.spring;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionProvider;

/** Opens the connections that Spring Data asks for. Thread safe. */
final class RegionalConnectionProvider implements LettuceConnectionProvider {

    private final RegionalRedis redis;
    private final RedisCodec<?, ?> codec;
    private final Consistency consistency;
    /** The connection behind each view that was given out: closing a view does nothing. */
    private final Map<StatefulConnection<?, ?>, StatefulConnection<?, ?>> opened = new ConcurrentHashMap<>();

    RegionalConnectionProvider(RegionalRedis redis, RedisCodec<?, ?> codec, Consistency consistency) {
        this.redis = redis;
        this.codec = codec;
        this.consistency = consistency;
    }

    @Override
    public <T extends StatefulConnection<?, ?>> CompletionStage<T> getConnectionAsync(Class<T> type) {
        if (type.equals(StatefulRedisPubSubConnection.class)) {
            return CompletableFuture.supplyAsync(() -> type.cast(redis.connectPubSub(codec)));
        }
        if (type.isAssignableFrom(StatefulRedisConnection.class)) {
            return redis.connectAsync(codec).thenApply(connection -> type.cast(reading(connection)));
        }
        return CompletableFuture.failedFuture(new UnsupportedOperationException(
                "a managed database gives no " + type.getSimpleName() + ", but regional and pub/sub connections"));
    }

    @Override
    public CompletableFuture<Void> releaseAsync(StatefulConnection<?, ?> connection) {
        StatefulConnection<?, ?> behind = opened.remove(connection);
        return (behind == null ? connection : behind).closeAsync();
    }

    private RegionalConnection<?, ?> reading(RegionalConnection<?, ?> connection) {
        try {
            RegionalConnection<?, ?> view = connection.reading(consistency);
            opened.put(view, connection);
            return view;
        } catch (InvalidRequestException cannotBeKept) {
            connection.closeAsync();
            throw cannotBeKept;
        }
    }
}
