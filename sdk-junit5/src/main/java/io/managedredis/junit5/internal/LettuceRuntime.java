package io.managedredis.junit5.internal;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.managedredis.RedisUrl;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Threads and timers that the connections of all tests share: starting and ending them costs more than a connection. */
final class LettuceRuntime implements AutoCloseable {

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

    private @Nullable ClientResources resources;
    private @Nullable RedisClient client;

    /** The shared resources; the caller leaves them open. */
    synchronized ClientResources resources() {
        if (resources == null) {
            resources = ClientResources.create();
        }
        return resources;
    }

    /** A plain connection. The caller closes it. */
    StatefulRedisConnection<String, String> connect(RedisUrl url) {
        return client().connect(RedisAddresses.toLettuce(url));
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
        }
        if (resources != null) {
            resources
                    .shutdown(0, SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly();
        }
    }

    /** The client of plain connections; the caller leaves it open. */
    synchronized RedisClient client() {
        if (client == null) {
            client = RedisClient.create(resources());
        }
        return client;
    }
}
