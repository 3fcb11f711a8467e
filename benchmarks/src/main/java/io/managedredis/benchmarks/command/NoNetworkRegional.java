package io.managedredis.benchmarks.command;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.benchmarks.support.RedisGroup;
import io.managedredis.benchmarks.support.Regional;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.RouteReason;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Our connection as it is in production, opened on real servers, and then cut off from its sockets: every connection beneath
 * it writes to nowhere. Fences sent from then on never arrive, so writes stay unproven.
 */
final class NoNetworkRegional implements Dispatcher {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RedisGroup servers;
    private final RegionalRedis redis;
    private final RegionalConnection<String, String> connection;

    private NoNetworkRegional(RedisGroup servers, RegionalRedis redis, RegionalConnection<String, String> connection) {
        this.servers = servers;
        this.redis = redis;
        this.connection = connection;
    }

    /** Reads with a bound on staleness that is kept while this lasts: what has arrived before the sockets are cut off counts. */
    static NoNetworkRegional openWithin(RedisClient client, Duration bound) {
        NoNetworkRegional opened = connect(client, Consistency.atMost(bound));
        RedisCommand<String, String, ?> read = Work.GET.read();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (opened.connection.explain(read).reason() != RouteReason.NEAR_REPLICA) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the replica is not within " + bound + " after " + PATIENCE);
            }
            Thread.onSpinWait();
        }
        return opened.cutOff(client);
    }

    static NoNetworkRegional open(RedisClient client, Consistency consistency) {
        return connect(client, consistency).cutOff(client);
    }

    private NoNetworkRegional cutOff(RedisClient client) {
        cutOff(connection, NoNetworkConnection.writer(client.getResources()));
        return this;
    }

    private static NoNetworkRegional connect(RedisClient client, Consistency consistency) {
        try {
            RedisGroup servers = RedisGroup.start(1);
            RegionalRedis redis = Regional.builder(
                            servers.primaryPort(), servers.replicaPorts().get(0))
                    .clientResources(client.getResources())
                    .consistency(consistency)
                    .build();
            RegionalConnection<String, String> connection = redis.connect();
            return new NoNetworkRegional(servers, redis, connection);
        } catch (IOException cannotStart) {
            throw new IllegalStateException("the Redis servers did not start", cannotStart);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the Redis servers started", interrupted);
        }
    }

    /** The same after writes to these keys that nothing has proven yet, with somebody who asks for own writes. */
    NoNetworkRegional afterWritesTo(List<String> keys) {
        connection.reading(Consistency.READ_YOUR_WRITES);
        keys.forEach(key -> connection.async().set(key, "1"));
        return this;
    }

    @Override
    public RedisCommand<String, String, ?> dispatch(RedisCommand<String, String, ?> command) {
        return connection.dispatch(command);
    }

    @Override
    public RedisAsyncCommands<String, String> writes() {
        return connection.async();
    }

    @Override
    public void close() throws IOException {
        redis.close();
        servers.close();
    }

    private static void cutOff(RegionalConnection<String, String> connection, RedisChannelWriter nowhere) {
        List<RedisChannelHandler<?, ?>> sockets = handlersBeneath(connection);
        if (sockets.isEmpty()) {
            throw new IllegalStateException("no connection was found beneath " + connection.getClass());
        }
        try {
            Field writer = RedisChannelHandler.class.getDeclaredField("channelWriter");
            writer.setAccessible(true);
            for (RedisChannelHandler<?, ?> socket : sockets) {
                writer.set(socket, nowhere);
            }
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("Lettuce's connection no longer keeps its writer where it did", changed);
        }
    }

    private static List<RedisChannelHandler<?, ?>> handlersBeneath(Object root) {
        List<RedisChannelHandler<?, ?>> found = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> next = new ArrayDeque<>(List.of(root));
        while (!next.isEmpty()) {
            Object object = next.pop();
            if (!seen.add(object)) {
                continue;
            }
            if (object instanceof RedisChannelHandler<?, ?> handler && !(object instanceof RegionalConnection)) {
                found.add(handler);
            }
            partsOf(object).forEach(next::push);
        }
        return found;
    }

    private static List<Object> partsOf(Object object) {
        List<Object> parts = new ArrayList<>();
        if (object instanceof Object[] array) {
            addAll(parts, List.of(array));
        } else if (object instanceof Map<?, ?> map) {
            addAll(parts, map.values());
        } else if (object instanceof Iterable<?> iterable) {
            addAll(parts, iterable);
        } else if (object instanceof AtomicReference<?> reference) {
            add(parts, reference.get());
        } else {
            for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    add(parts, valueOf(field, object));
                }
            }
        }
        return parts;
    }

    private static boolean isOurs(@Nullable Class<?> type) {
        return type != null && type.getName().startsWith("io.managedredis.lettuce.");
    }

    private static @Nullable Object valueOf(Field field, Object object) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void addAll(List<Object> parts, Iterable<?> values) {
        values.forEach(value -> add(parts, value));
    }

    private static void add(List<Object> parts, @Nullable Object value) {
        if (value != null) {
            parts.add(value);
        }
    }
}
