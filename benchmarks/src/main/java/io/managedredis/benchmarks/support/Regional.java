package io.managedredis.benchmarks.support;

import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import java.util.Map;

/** Our connections to plain Redis servers on loopback ports: the primary elsewhere, the replica in the local region. */
public final class Regional {

    private static final Region PRIMARY = Region.of("mad");
    private static final Region LOCAL = Region.of("ams");

    private Regional() {}

    /** A builder with the topology and the local region set, and all else as it is by default. */
    public static RegionalRedis.Builder builder(int primaryPort, int replicaPort) {
        return RegionalRedis.builder()
                .topology(TopologySource.of(
                        new Endpoints.ByRegion(PRIMARY, loopback(primaryPort), Map.of(LOCAL, loopback(replicaPort)))))
                .localRegion(LOCAL);
    }

    private static RedisUrl loopback(int port) {
        return RedisUrl.parse("redis://127.0.0.1:" + port);
    }
}
