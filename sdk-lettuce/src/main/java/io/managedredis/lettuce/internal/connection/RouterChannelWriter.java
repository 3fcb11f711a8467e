package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.protocol.ConnectionFacade;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.managedredis.lettuce.Consistency;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a routed connection shows as its channel writer. It keeps no facade: each physical connection is the facade of its own
 * writer, and must stay so.
 */
final class RouterChannelWriter<K0, V0> implements RedisChannelWriter {

    private final Router<K0, V0> router;
    private final ClientResources resources;
    private final Consistency consistency;

    RouterChannelWriter(Router<K0, V0> router, ClientResources resources, Consistency consistency) {
        this.router = router;
        this.resources = resources;
        this.consistency = consistency;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V, T> RedisCommand<K, V, T> write(RedisCommand<K, V, T> command) {
        return (RedisCommand<K, V, T>) router.dispatch((RedisCommand<K0, V0, T>) command, consistency);
    }

    @Override
    public <K, V> Collection<RedisCommand<K, V, ?>> write(Collection<? extends RedisCommand<K, V, ?>> commands) {
        List<RedisCommand<K, V, ?>> written = new ArrayList<>(commands.size());
        commands.forEach(command -> written.add(write(command)));
        return written;
    }

    @Override
    public void setConnectionFacade(ConnectionFacade connection) {
        // See the class comment.
    }

    @Override
    public void setAutoFlushCommands(boolean autoFlush) {
        router.setAutoFlushCommands(autoFlush);
    }

    @Override
    public void flushCommands() {
        router.flushCommands();
    }

    @Override
    public ClientResources getClientResources() {
        return resources;
    }

    @Override
    public void close() {
        closeAsync().join();
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return router.closeAsync();
    }
}
