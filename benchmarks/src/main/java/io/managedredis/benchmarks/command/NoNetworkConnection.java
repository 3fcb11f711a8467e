package io.managedredis.benchmarks.command;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ConnectionFacade;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Lettuce's plain connection on a writer that sends nothing and completes each command at once, so that only the way there
 * is measured. A message that is published stays unanswered: no network is so fast that each write would see its own
 * message come back before the next write is sent.
 */
final class NoNetworkConnection {

    private NoNetworkConnection() {}

    static StatefulRedisConnection<String, String> open(ClientResources resources) {
        StatefulRedisConnectionImpl<String, String> connection = new StatefulRedisConnectionImpl<>(
                new NoWriter(resources), new NoPushes(), StringCodec.UTF8, Duration.ofSeconds(1));
        connection.setOptions(ClientOptions.create());
        connection.activated();
        return connection;
    }

    /** The writer that sends nothing. */
    static RedisChannelWriter writer(ClientResources resources) {
        return new NoWriter(resources);
    }

    private static final class NoWriter implements RedisChannelWriter {

        private final ClientResources resources;

        NoWriter(ClientResources resources) {
            this.resources = resources;
        }

        @Override
        public <K, V, T> RedisCommand<K, V, T> write(RedisCommand<K, V, T> command) {
            answer(command);
            return command;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <K, V> Collection<RedisCommand<K, V, ?>> write(Collection<? extends RedisCommand<K, V, ?>> commands) {
            commands.forEach(NoWriter::answer);
            return (Collection<RedisCommand<K, V, ?>>) commands;
        }

        private static void answer(RedisCommand<?, ?, ?> command) {
            if (command.getType() != CommandType.PUBLISH) {
                command.complete();
            }
        }

        @Override
        public void close() {}

        @Override
        public CompletableFuture<Void> closeAsync() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void setConnectionFacade(ConnectionFacade connection) {}

        @Override
        public ClientResources getClientResources() {
            return resources;
        }

        @Override
        public void setAutoFlushCommands(boolean autoFlush) {}

        @Override
        public void flushCommands() {}
    }

    private static final class NoPushes implements PushHandler {

        @Override
        public void addListener(PushListener listener) {}

        @Override
        public void removeListener(PushListener listener) {}

        @Override
        public Collection<PushListener> getPushListeners() {
            return List.of();
        }
    }
}
