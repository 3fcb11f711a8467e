package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.managedredis.lettuce.HealthSettings;
import io.managedredis.lettuce.internal.consistency.ReplicaProof;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The socket to a node that all connections share: it measures the node, and carries the fences. To the primary it publishes, on
 * a replica it subscribes. Driven by the fleet's timer.
 */
final class NodeControl implements RedisConnectionStateListener {

    private static final int TIMEOUTS_UNTIL_CLOSED = 3;
    private static final long RETRY_NANOS = 500_000_000;

    private final Fleet fleet;
    private final RegionNode node;
    private final byte[] channel;

    private volatile @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private volatile boolean opening;
    private volatile boolean connected;
    private volatile boolean closed;
    private volatile long retryAt;
    private volatile long pingedAt;
    private volatile boolean pinging;
    private long answeredBefore;

    NodeControl(Fleet fleet, RegionNode node, byte[] channel) {
        this.fleet = fleet;
        this.node = node;
        this.channel = channel;
        this.retryAt = fleet.now();
    }

    RegionNode node() {
        return node;
    }

    boolean isConnected() {
        return connected;
    }

    /** Opens the socket, measures the node, and says when it does not answer. */
    void tick(long now, HealthSettings settings) {
        StatefulRedisConnection<byte[], byte[]> current = connection;
        if (current == null) {
            if (!opening && now - retryAt >= 0) {
                open();
            }
            return;
        }
        if (pinging) {
            long waited = now - pingedAt;
            if (waited > settings.pingTimeout().toNanos() && node.isUsable()) {
                node.lost(new IOException("no answer to PING within " + settings.pingTimeout()));
                fleet.changed();
            }
            if (waited > settings.pingTimeout().toNanos() * TIMEOUTS_UNTIL_CLOSED) {
                pinging = false;
                disconnect(current);
            }
            return;
        }
        long answered = node.counters().reads() + node.counters().writes();
        boolean used = answered != answeredBefore
                || !node.isUsable()
                || node.roundTripNanos().isEmpty();
        long interval = (used ? settings.pingInterval() : settings.idleInterval()).toNanos();
        if (connected && now - pingedAt >= interval) {
            answeredBefore = answered;
            ping(current, now);
        }
    }

    void publish(long number, Runnable ended) {
        StatefulRedisConnection<byte[], byte[]> current = connection;
        if (current == null || !connected) {
            // Later, for the caller would come back at once.
            fleet.timer().schedule(ended, RETRY_NANOS, java.util.concurrent.TimeUnit.NANOSECONDS);
            return;
        }
        current.async()
                .publish(channel, Long.toString(number).getBytes(StandardCharsets.US_ASCII))
                .whenComplete((receivers, failure) -> ended.run());
    }

    CompletionStage<Void> close() {
        closed = true;
        connected = false;
        StatefulRedisConnection<byte[], byte[]> current = connection;
        return current == null ? java.util.concurrent.CompletableFuture.completedFuture(null) : current.closeAsync();
    }

    private void open() {
        opening = true;
        CompletionStage<? extends StatefulRedisConnection<byte[], byte[]>> opened = node.proof() == null
                ? fleet.client()
                        .connectAsync(
                                ByteArrayCodec.INSTANCE, node.uri(fleet.client().setUpTimeout()))
                : fleet.client()
                        .connectPubSubAsync(
                                ByteArrayCodec.INSTANCE, node.uri(fleet.client().setUpTimeout()));
        opened.whenComplete((socket, failure) -> {
            opening = false;
            if (socket == null) {
                retryAt = fleet.now() + RETRY_NANOS;
                node.lost(failure);
                fleet.changed();
                return;
            }
            socket.addListener(this);
            connected = true;
            connection = socket;
            pingedAt = fleet.now() - fleet.health().idleInterval().toNanos();
            if (closed) {
                socket.closeAsync();
            } else if (socket instanceof StatefulRedisPubSubConnection<byte[], byte[]> subscriber) {
                subscribe(subscriber);
            } else {
                fleet.staleness().pump();
            }
        });
    }

    private void subscribe(StatefulRedisPubSubConnection<byte[], byte[]> subscriber) {
        ReplicaProof proof = node.proof();
        if (proof == null) {
            return;
        }
        subscriber.addListener(new RedisPubSubAdapter<byte[], byte[]>() {
            @Override
            public void subscribed(byte[] to, long count) {
                fleet.staleness().subscribed(proof);
            }

            @Override
            public void message(byte[] from, byte[] message) {
                try {
                    fleet.staleness().received(proof, Long.parseLong(new String(message, StandardCharsets.US_ASCII)));
                } catch (NumberFormatException foreign) {
                    // The channel is open to others; only numbers of our own count.
                    return;
                }
            }
        });
        subscriber.async().subscribe(channel);
    }

    private void ping(StatefulRedisConnection<byte[], byte[]> socket, long now) {
        pinging = true;
        pingedAt = now;
        socket.async().ping().whenComplete((pong, failure) -> {
            pinging = false;
            if (failure == null) {
                boolean before = node.isUsable();
                node.answered(fleet.now() - now);
                if (!before) {
                    fleet.changed();
                }
            }
        });
    }

    private static void disconnect(StatefulRedisConnection<byte[], byte[]> socket) {
        if (socket instanceof PhysicalConnection<?, ?> physical) {
            physical.endpoint().disconnect();
        } else if (socket instanceof PhysicalPubSubConnection<?, ?> physical) {
            physical.endpoint().disconnect();
        }
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> physical, SocketAddress address) {
        connected = true;
        pinging = false;
        pingedAt = fleet.now() - fleet.health().idleInterval().toNanos();
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> physical) {
        connected = false;
        pinging = false;
        ReplicaProof proof = node.proof();
        if (proof != null) {
            fleet.staleness().lost(proof);
        }
        if (!closed) {
            node.lost(new IOException("the connection closed"));
            fleet.changed();
        }
    }

    @Override
    public void onRedisExceptionCaught(RedisChannelHandler<?, ?> physical, Throwable cause) {
        node.failed(cause);
    }
}
