package io.managedredis.junit5.internal;

import io.lettuce.core.RedisURI;
import io.managedredis.Database;
import io.managedredis.Endpoints;
import io.managedredis.ManagedRedisClient;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;

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

    private final LocalManagedRedis service;
    private final Database database;
    private final Region local;
    private @Nullable RegionalRedis redis;
    private @Nullable RegionalConnection<String, String> connection;
    private @Nullable ManagedRedisClient client;

    TestDatabase(LocalManagedRedis service, Database database, Region local) {
        this.service = service;
        this.database = database;
        this.local = local;
    }

    /** Whether a field or a parameter of this type can be served. */
    public static boolean supports(Class<?> type) {
        return SUPPORTED.contains(type);
    }

    /**
     * The database in the shape of this type.
     *
     * @param region the region whose address is wanted, or null for the primary's
     */
    public synchronized Object as(Class<?> type, @Nullable String region) {
        if (type == Database.class) {
            return database;
        }
        if (type == RegionalRedis.class) {
            return redis();
        }
        if (type == RegionalConnection.class) {
            return connection();
        }
        if (type == RedisURI.class) {
            return uri(region == null ? database.primaryRegion() : Region.of(region));
        }
        if (type == ManagedRedisClient.class) {
            return client();
        }
        return service;
    }

    /** Removes all data, on the primary and on every replica. */
    public synchronized void empty() {
        RegionalConnection<String, String> to = connection();
        to.sync().flushall();
        long replicas = database.readRegions().size();
        if (replicas > 0) {
            long reached = to.sync().waitForReplication((int) replicas, REPLICATION_TIMEOUT.toMillis());
            if (reached < replicas) {
                throw new IllegalStateException("only " + reached + " of " + replicas + " replicas of "
                        + database.name() + " were emptied within " + REPLICATION_TIMEOUT);
            }
        }
    }

    /** Closes what was opened, and deletes the database. */
    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
        }
        if (redis != null) {
            redis.close();
        }
        if (client != null) {
            client.close();
        }
        service.delete(database.id());
    }

    private RegionalRedis redis() {
        if (redis == null) {
            redis = RegionalRedis.builder()
                    .topology(TopologySource.of(endpoints()))
                    .localRegion(local)
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

    private ManagedRedisClient client() {
        if (client == null) {
            client = service.client(Vantage.from(local));
        }
        return client;
    }

    private Endpoints endpoints() {
        return service.endpoints(database, Vantage.from(local));
    }

    private RedisURI uri(Region region) {
        RedisUrl url = endpoints()
                .urlFor(region)
                .orElseThrow(() ->
                        new ParameterResolutionException("the database is not in " + region + ": it has its primary in "
                                + database.primaryRegion() + " and read regions " + database.readRegions()));
        RedisURI.Builder uri = RedisURI.builder().withHost(url.host()).withPort(url.port());
        if (url.password() != null) {
            uri.withAuthentication(
                    url.username(),
                    Objects.requireNonNull(url.password()).reveal().toCharArray());
        }
        return uri.build();
    }
}
