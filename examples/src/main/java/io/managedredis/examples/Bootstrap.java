package io.managedredis.examples;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.Eviction;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import java.time.Duration;

/** What an application does when it starts: makes sure of its database, waits until it is ready, and connects. */
public final class Bootstrap implements AutoCloseable {

    private final RegionalRedis redis;
    private final RegionalConnection<String, String> connection;

    /** Starts with the token and the region that the process variables name. */
    public static Bootstrap fromEnvironment() {
        try (ManagedRedisClient client = ManagedRedisClient.fromEnvironment()) {
            return new Bootstrap(client, Region.fromEnvironment());
        }
    }

    Bootstrap(ManagedRedisClient client, Region localRegion) {
        DatabaseSpec sessions = DatabaseSpec.named("sessions")
                .primaryRegion("fra")
                .readRegions("ams", "nrt")
                .eviction(Eviction.ENABLED)
                .build();
        // Created when it is not there, changed when it differs, left as it is otherwise.
        Database database = client.databases().ensure(sessions).database();
        database = client.databases().readiness(database.id()).await(Duration.ofMinutes(2));

        redis = RegionalRedis.builder()
                .topology(TopologySource.of(database))
                .localRegion(localRegion)
                .build();
        connection = redis.connect();
    }

    void handleRequest() {
        connection.sync().set("cart:7", "3"); // fra, the primary
        connection.sync().get("cart:7"); // fra: just written, the replica may not have it yet
        connection.sync().get("catalogue:7"); // the replica in the local region
    }

    @Override
    public void close() {
        redis.close();
    }
}
