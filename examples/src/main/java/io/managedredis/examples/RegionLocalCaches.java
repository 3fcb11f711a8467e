package io.managedredis.examples;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.managedredis.Database;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.RegionalCacheSpec;
import io.managedredis.RegionalCaches;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Function;

/**
 * A cache that each region has for itself. Read replicas are no good as one, because writes travel to the primary; so each
 * region gets a database of its own, with eviction. What one region keeps, the others do not see.
 */
public final class RegionLocalCaches implements AutoCloseable {

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    /** Makes sure of the caches, and connects to the one in the region that this program runs in. */
    public static RegionLocalCaches start(ManagedRedisClient client, Region localRegion) {
        RegionalCaches caches = client.databases().ensureCaches(RegionalCacheSpec.of("pages", "ams", "fra", "nrt"));
        Database local = caches.in(localRegion);
        local = client.databases().readiness(local.id()).await(Duration.ofMinutes(2));
        return new RegionLocalCaches(local);
    }

    private RegionLocalCaches(Database cache) {
        client = RedisClient.create(RedisURI.create(cache.uri().orElseThrow()));
        connection = client.connect();
    }

    /** What the cache has, or what the function makes, which the cache then keeps for ten minutes. */
    public String get(String key, Function<String, String> make) {
        String kept = connection.sync().get(key);
        if (kept != null) {
            return kept;
        }
        String made = make.apply(key);
        connection.sync().set(key, made, SetArgs.Builder.ex(Duration.ofMinutes(10)));
        return made;
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }

    /** Shows two regions, each with a cache of its own, on a local service. */
    public static void main(String... arguments) {
        run(System.out);
    }

    static void run(PrintStream out) {
        try (LocalManagedRedis service = LocalManagedRedis.start()) {
            for (String code : new String[] {"ams", "nrt"}) {
                Region region = Region.of(code);
                try (ManagedRedisClient client = service.client(Vantage.from(region));
                        RegionLocalCaches cache = start(client, region)) {
                    out.println(code + ": " + cache.get("/", key -> "made in " + region));
                    out.println(code + ": " + cache.get("/", key -> "made again in " + region));
                }
            }
        }
    }
}
