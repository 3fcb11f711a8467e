package io.managedredis.junit5.internal;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.managedredis.Database;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import io.managedredis.testing.LocalManagedRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.opentest4j.TestAbortedException;

/** A database of a test, and what was opened to it. Opens each thing once, when it is first asked for. Thread safe. */
public final class TestDatabase implements AutoCloseable {

    private static final Duration REPLICATION_TIMEOUT = Duration.ofSeconds(10);

    private static final List<Class<?>> SUPPORTED = List.of(
            Database.class,
            RegionalRedis.class,
            RegionalConnection.class,
            RedisURI.class,
            ManagedRedisClient.class,
            LocalManagedRedis.class);

    /** The supported types, for messages. */
    public static final String SUPPORTED_NAMES =
            SUPPORTED.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));

    private final Tenancy tenancy;
    private final DatabaseRequest request;
    private final LettuceRuntime lettuce;
    private boolean handedOut;
    private boolean closed;
    private @Nullable RegionalRedis redis;
    private @Nullable RegionalConnection<String, String> connection;
    private @Nullable StatefulRedisConnection<String, String> housekeeping;

    TestDatabase(Tenancy tenancy, DatabaseRequest request, LettuceRuntime lettuce) {
        this.tenancy = tenancy;
        this.request = request;
        this.lettuce = lettuce;
    }

    /** Whether a field or a parameter of this type can be served. */
    public static boolean supports(Class<?> type) {
        return SUPPORTED.contains(type);
    }

    /**
     * The database in the shape of this type.
     *
     * @param region the region whose address is wanted, or null for the primary's
     * @throws TestAbortedException when the local service is wanted and the database is at the provider
     */
    public synchronized <T> T as(Class<T> type, @Nullable String region) {
        handedOut = true;
        return type.cast(shape(type, region));
    }

    private Object shape(Class<?> type, @Nullable String region) {
        if (type == Database.class) {
            return tenancy.database();
        }
        if (type == RegionalRedis.class) {
            return redis();
        }
        if (type == RegionalConnection.class) {
            return connection();
        }
        if (type == RedisURI.class) {
            return uri(region == null ? tenancy.database().primaryRegion() : Region.of(region));
        }
        if (type == ManagedRedisClient.class) {
            return tenancy.client();
        }
        return tenancy.service()
                .orElseThrow(
                        () -> new TestAbortedException("skipped, for it needs the LocalManagedRedis, and this run is"
                                + " against the provider: it runs without -D" + SourceSettings.PROVIDER));
    }

    /**
     * Removes all data, on the primary and on every replica. Goes past the connections of the test, which know of no writes but
     * the test's own.
     *
     * @throws IllegalStateException when a replica on this machine does not follow
     */
    public synchronized void empty() {
        if (!handedOut) {
            return;
        }
        if (housekeeping == null) {
            housekeeping = lettuce.connect(tenancy.housekeepingUrl());
        }
        Database database = tenancy.database();
        housekeeping.sync().flushall();
        long replicas = database.readRegions().size();
        if (replicas > 0) {
            housekeeping.setTimeout(REPLICATION_TIMEOUT.multipliedBy(2));
            long reached = housekeeping.sync().waitForReplication((int) replicas, REPLICATION_TIMEOUT.toMillis());
            // The provider may count fewer replicas than there are; on this machine the count is exact.
            if (reached < replicas && tenancy.service().isPresent()) {
                throw new IllegalStateException("only " + reached + " of " + replicas + " replicas of "
                        + database.name() + " were emptied within " + REPLICATION_TIMEOUT);
            }
        }
    }

    /** Whether it is closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Closes what was opened, and deletes the database. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (redis != null) {
                redis.close();
            }
            if (housekeeping != null) {
                housekeeping.close();
            }
        } finally {
            tenancy.close();
        }
    }

    private RegionalRedis redis() {
        if (redis == null) {
            redis = RegionalRedis.builder()
                    .topology(TopologySource.of(tenancy.endpoints()))
                    .localRegion(request.local())
                    .consistency(request.consistency())
                    .clientResources(lettuce.resources())
                    .build();
        }
        return redis;
    }

    private RegionalConnection<String, String> connection() {
        if (connection == null) {
            connection = redis().connect();
        }
        return connection;
    }

    private RedisURI uri(Region region) {
        Database database = tenancy.database();
        return tenancy.endpoints()
                .urlFor(region)
                .map(RedisAddresses::toLettuce)
                .orElseThrow(() ->
                        new ParameterResolutionException("the database is not in " + region + ": it has its primary in "
                                + database.primaryRegion() + " and read regions " + database.readRegions()));
    }
}
