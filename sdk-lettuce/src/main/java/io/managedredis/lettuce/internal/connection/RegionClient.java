package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ConnectionBuilder;
import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.pubsub.PubSubEndpoint;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnectionImpl;
import io.lettuce.core.resource.ClientResources;
import io.managedredis.lettuce.internal.budget.BudgetMeter;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Opens the physical connections, to whatever region, of one set of client resources. */
public final class RegionClient extends RedisClient {

    /**
     * A client that borrows the resources; shutting it down leaves them running.
     *
     * @param budget counts the bytes of its sockets, or null
     */
    public RegionClient(ClientResources resources, ClientOptions options, @Nullable BudgetMeter budget) {
        super(new SharedResources(resources, budget), new RedisURI());
        setOptions(options);
    }

    /**
     * Opens a connection to the node.
     *
     * @param timeout for its commands; setting the connection up may take as long as connecting a socket may
     */
    <K, V> CompletableFuture<PhysicalConnection<K, V>> open(RegionNode node, RedisCodec<K, V> codec, Duration timeout) {
        CompletableFuture<PhysicalConnection<K, V>> opened = new CompletableFuture<>();
        open(node.uri(setUpTimeout()), codec, timeout, opened);
        return opened;
    }

    private <K, V> void open(
            NodeUri uri, RedisCodec<K, V> codec, Duration timeout, CompletableFuture<PhysicalConnection<K, V>> opened) {
        connectAsync(codec, uri).whenComplete((connection, failure) -> {
            if (failure == null) {
                uri.connected();
                connection.setTimeout(timeout);
                PhysicalConnection<K, V> physical = (PhysicalConnection<K, V>) connection;
                physical.openedAt(uri);
                opened.complete(physical);
            } else if (uri.hasAnother()) {
                open(uri, codec, timeout, opened);
            } else {
                opened.completeExceptionally(failure);
            }
        });
    }

    /** Resolves names anew at each connect, off the caller's thread. */
    @Override
    protected Mono<SocketAddress> getSocketAddress(RedisURI uri) {
        if (!(uri instanceof NodeUri node)) {
            return super.getSocketAddress(uri);
        }
        return Mono.<SocketAddress>fromCallable(
                        () -> node.nextAddress(getResources().socketAddressResolver(), InetAddress::getAllByName))
                .subscribeOn(Schedulers.fromExecutor(getResources().eventExecutorGroup()));
    }

    /**
     * Whoever was refused while this thread was not looking finds the channel without its handlers, and would be told of that: told
     * of the refusal instead.
     */
    @Override
    protected <K, V, T extends RedisChannelHandler<K, V>> ConnectionFuture<T> initializeChannelAsync(
            ConnectionBuilder builder) {
        SetUpFailure known = SetUpFailure.of(builder.bootstrap());
        return super.<K, V, T>initializeChannelAsync(builder).handle((connection, failure) -> {
            if (failure != null) {
                throw known.orElse(failure);
            }
            return connection;
        });
    }

    /** How long setting up a connection may take. */
    Duration setUpTimeout() {
        return getOptions().getSocketOptions().getConnectTimeout();
    }

    @Override
    protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
            RedisChannelWriter writer, PushHandler pushHandler, RedisCodec<K, V> codec, Duration timeout) {
        return new PhysicalConnection<>(
                writer,
                (RegionEndpoint) pushHandler,
                codec,
                timeout,
                getOptions().getJsonParser());
    }

    @Override
    protected <K, V> StatefulRedisPubSubConnectionImpl<K, V> newStatefulRedisPubSubConnection(
            PubSubEndpoint<K, V> endpoint, RedisChannelWriter writer, RedisCodec<K, V> codec, Duration timeout) {
        return new PhysicalPubSubConnection<>(endpoint, writer, codec, timeout);
    }

    @Override
    protected DefaultEndpoint createEndpoint() {
        return new RegionEndpoint(getOptions(), getResources());
    }
}
