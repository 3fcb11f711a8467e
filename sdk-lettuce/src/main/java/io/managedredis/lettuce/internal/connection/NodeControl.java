package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.managedredis.lettuce.HealthSettings;
import io.managedredis.lettuce.internal.consistency.ReplicaProof;
import io.managedredis.lettuce.internal.health.EndpointHealth;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
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
    private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
    private volatile long pingedAt;
    private volatile @Nullable Ping ping;
    private volatile int unanswered;
    private volatile long answeredBefore;

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

    /** Completes when the first attempt to open the socket has ended, well or not. */
    CompletableFuture<Void> firstAttempt() {
        return firstAttempt;
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
        EndpointHealth health = node.health();
        Ping waitingFor = ping;
        if (waitingFor != null) {
            if (now - waitingFor.sentAt() > settings.pingTimeout().toNanos()) {
                giveUp(waitingFor, current, "no answer to PING within " + settings.pingTimeout());
            }
            return;
        }
        if (isDue(now, settings) && health.beginPing(now)) {
            answeredBefore = answered();
            ping(current, now);
        }
    }

    /** Measures the node before its time, for reads wait there in silence. */
    void ask() {
        StatefulRedisConnection<byte[], byte[]> current = connection;
        long now = fleet.now();
        node.health().doubt(now);
        if (current != null && node.health().beginPing(now)) {
            ping(current, now);
        }
    }

    /** Neither reads nor the PING were answered, so the PING need not be waited for any longer. */
    void leave(HealthSettings settings) {
        StatefulRedisConnection<byte[], byte[]> current = connection;
        Ping waitingFor = ping;
        if (current != null
                && waitingFor != null
                // That PING may have been answered in between, and this be the next one.
                && fleet.now() - waitingFor.sentAt()
                        >= settings.silenceTimeout().toNanos()) {
            giveUp(waitingFor, current, "no answer to reads, nor to a PING sent because of that");
        }
    }

    private void giveUp(Ping waitingFor, StatefulRedisConnection<byte[], byte[]> current, String problem) {
        if (!end(waitingFor)) {
            return;
        }
        node.failed(new IOException(problem));
        node.health().failed(fleet.now());
        fleet.changed();
        if (++unanswered >= TIMEOUTS_UNTIL_CLOSED) {
            unanswered = 0;
            disconnect(current);
        }
    }

    /** Whether the PING was still waited for. Its answer and its end may come at the same time. */
    private synchronized boolean end(Ping waitingFor) {
        if (ping != waitingFor) {
            return false;
        }
        ping = null;
        return true;
    }

    /** A node nobody uses is measured seldom, for a PING counts against the quota. */
    private boolean isDue(long now, HealthSettings settings) {
        return answered() != answeredBefore
                || !node.health().isUsable()
                || node.roundTripNanos().isEmpty()
                || now - pingedAt >= settings.idleInterval().toNanos();
    }

    private long answered() {
        return node.counters().reads() + node.counters().writes();
    }

    void publish(long number, Runnable ended) {
        StatefulRedisConnection<byte[], byte[]> current = connection;
        if (current == null || !connected) {
            // Later, for the caller would come back at once.
            fleet.timer().schedule(ended, RETRY_NANOS, TimeUnit.NANOSECONDS);
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
        return current == null ? CompletableFuture.completedFuture(null) : current.closeAsync();
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
            if (socket == null) {
                retryAt = fleet.now() + RETRY_NANOS;
                opening = false;
                node.failed(failure);
                firstAttempt.complete(null);
                return;
            }
            socket.addListener(this);
            connected = true;
            connection = socket;
            opening = false;
            node.health().connected(fleet.now());
            fleet.changed();
            firstAttempt.complete(null);
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
        Ping sent = new Ping(now);
        ping = sent;
        pingedAt = now;
        socket.async().ping().whenComplete((pong, failure) -> {
            if (failure != null) {
                return;
            }
            long answeredAt = fleet.now();
            if (!end(sent)) {
                // Too late to count, but the node answers again: no need to wait for the next probe's time.
                node.health().doubt(answeredAt);
            } else {
                unanswered = 0;
                boolean before = node.health().isUsable();
                node.health().answered(answeredAt - now, answeredAt);
                if (before != node.health().isUsable()) {
                    fleet.changed();
                }
            }
        });
    }

    /** A PING that is on its way; told from others by identity. */
    private static final class Ping {

        private final long sentAt;

        Ping(long sentAt) {
            this.sentAt = sentAt;
        }

        long sentAt() {
            return sentAt;
        }
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
        ping = null;
        node.health().connected(fleet.now());
        fleet.changed();
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> physical) {
        connected = false;
        ping = null;
        ReplicaProof proof = node.proof();
        if (proof != null) {
            fleet.staleness().lost(proof);
        }
        if (!closed) {
            node.failed(new IOException("the connection closed"));
            node.health().disconnected(fleet.now());
            fleet.changed();
        }
    }

    @Override
    public void onRedisExceptionCaught(RedisChannelHandler<?, ?> physical, Throwable cause) {
        node.failed(cause);
    }
}
