package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.resource.ClientResources;
import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.lettuce.CommandObserver;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.TopologySource;
import io.managedredis.lettuce.error.AllEndpointsFailedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens routed connections over the nodes of the topology, and owns what they share. Thread safe. */
public final class Connector {

    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    private final Settings settings;
    private final boolean ownsResources;
    private final ClientResources resources;
    private final RegionClient client;
    private final RegionNode primary;
    private final @Nullable RegionNode replica;

    /**
     * What a connector is made of.
     *
     * @param localRegion where the program runs, or null when that is not known
     * @param resources the caller's, or null for resources of the connector's own
     * @param observer told of each command, or null
     */
    public record Settings(
            TopologySource topology,
            @Nullable Region localRegion,
            Consistency consistency,
            @Nullable ClientResources resources,
            ClientOptions options,
            Duration timeout,
            @Nullable CommandObserver observer) {}

    /**
     * A connector; opens no socket.
     *
     * @throws InvalidRequestException when the topology cannot keep the consistency
     */
    public Connector(Settings settings) {
        this.settings = settings;
        Endpoints endpoints = settings.topology().current();
        checkConsistency(endpoints, settings.consistency());
        if (endpoints instanceof Endpoints.ByRegion byRegion) {
            this.primary = new RegionNode(byRegion.primaryRegion(), byRegion.primaryUrl());
            this.replica = localReplica(byRegion, settings.localRegion());
        } else {
            this.primary = new RegionNode(null, endpoints.primaryUrl());
            this.replica = null;
        }
        this.ownsResources = settings.resources() == null;
        this.resources = settings.resources() == null ? ClientResources.create() : settings.resources();
        this.client = new RegionClient(resources, settings.options());
    }

    private static @Nullable RegionNode localReplica(Endpoints.ByRegion endpoints, @Nullable Region local) {
        RedisUrl url = local == null ? null : endpoints.replicas().get(local);
        if (url != null) {
            return new RegionNode(local, url);
        }
        if (local == null || !local.equals(endpoints.primaryRegion())) {
            LOG.warn(
                    "the database has no replica in {}; reads go to the primary in {}",
                    local == null ? "the local region, which is not known" : "the local region " + local,
                    endpoints.primaryRegion());
        }
        return null;
    }

    private static void checkConsistency(Endpoints endpoints, Consistency consistency) {
        boolean kept = endpoints instanceof Endpoints.ByRegion
                || consistency == Consistency.EVENTUAL
                || consistency == Consistency.READ_YOUR_WRITES;
        if (!kept) {
            throw new InvalidRequestException(
                    "consistency",
                    "with a single address the platform chooses the region that serves a read, so " + consistency
                            + " cannot be kept",
                    "EVENTUAL, or READ_YOUR_WRITES, which holds for each connection by itself; or addresses by region");
        }
    }

    /** Opens a connection. */
    public <K, V> CompletableFuture<RegionalConnection<K, V>> connect(RedisCodec<K, V> codec) {
        CompletableFuture<PhysicalConnection<K, V>> toPrimary = client.open(primary, codec, settings.timeout());
        RegionNode near = replica;
        if (near == null) {
            return toPrimary.handle((connection, failure) -> {
                if (connection == null) {
                    throw allFailed(Map.of(primary.displayName(), failure));
                }
                return routed(connection, connection, codec);
            });
        }
        CompletableFuture<PhysicalConnection<K, V>> toReplica = client.open(near, codec, settings.timeout());
        CompletableFuture<RegionalConnection<K, V>> connected = new CompletableFuture<>();
        CompletableFuture.allOf(toPrimary, toReplica).whenComplete((done, anyFailure) -> {
            PhysicalConnection<K, V> first =
                    toPrimary.exceptionally(failure -> null).getNow(null);
            PhysicalConnection<K, V> second =
                    toReplica.exceptionally(failure -> null).getNow(null);
            if (first != null) {
                connected.complete(routed(first, second == null ? first : second, codec));
                return;
            }
            Map<String, Throwable> failures = new LinkedHashMap<>();
            toPrimary.whenComplete((none, failure) -> failures.put(primary.displayName(), failure));
            if (second != null) {
                second.closeAsync();
            } else {
                toReplica.whenComplete((none, failure) -> failures.put(near.displayName(), failure));
            }
            connected.completeExceptionally(allFailed(failures));
        });
        return connected;
    }

    /** How many sockets a connection takes. */
    public int socketsPerConnection() {
        return replica == null ? 1 : 2;
    }

    /** Closes all connections and what they shared. */
    public void close(Duration timeout) {
        client.shutdown(0, timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (ownsResources) {
            try {
                resources
                        .shutdown(0, timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException slow) {
                LOG.warn("the client resources did not shut down within {}", timeout, slow);
            }
        }
    }

    private <K, V> RoutedConnection<K, V> routed(
            PhysicalConnection<K, V> toPrimary, PhysicalConnection<K, V> reader, RedisCodec<K, V> codec) {
        Router<K, V> router = new Router<>(toPrimary, reader, settings.observer());
        return new RoutedConnection<>(
                router,
                codec,
                settings.consistency(),
                new RoutedConnection.Settings(
                        client.getResources(),
                        client.getOptions(),
                        settings.timeout(),
                        wanted -> checkConsistency(settings.topology().current(), wanted)));
    }

    private static AllEndpointsFailedException allFailed(Map<String, Throwable> failures) {
        return new AllEndpointsFailedException("cannot connect to the database", failures);
    }
}
