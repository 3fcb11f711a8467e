package io.managedredis.benchmarks.geography;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import io.lettuce.core.masterreplica.StatefulRedisMasterReplicaConnection;
import io.managedredis.RedisUrl;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import java.util.ArrayList;
import java.util.List;

/** The ways to reach a database that is in several regions. */
enum Contestant {
    OURS("ours") {
        @Override
        Connections connect(Standpoint from) {
            return regional(from, Consistency.READ_YOUR_WRITES);
        }
    },
    PRIMARY("plain Lettuce on the primary") {
        @Override
        Connections connect(Standpoint from) {
            return Connections.one(
                    RedisClient.create().connect(uri(from.endpoints().primaryUrl())));
        }
    },
    LOCAL("two plain connections by hand, reads from the nearest copy") {
        @Override
        Connections connect(Standpoint from) {
            return new Connections(
                    RedisClient.create().connect(uri(from.local())),
                    RedisClient.create().connect(uri(from.endpoints().primaryUrl())));
        }
    },
    SINGLE("plain Lettuce on the single address") {
        @Override
        Connections connect(Standpoint from) {
            return Connections.one(RedisClient.create().connect(uri(from.single())));
        }
    },
    MASTER_REPLICA("MasterReplica LOWEST_LATENCY") {
        @Override
        Connections connect(Standpoint from) {
            for (RedisUrl replica : from.endpoints().replicas().values()) {
                requireRoleOfReplica(replica);
            }
            List<RedisURI> nodes = new ArrayList<>();
            nodes.add(uri(from.endpoints().primaryUrl()));
            from.endpoints().replicas().values().forEach(url -> nodes.add(uri(url)));
            StatefulRedisMasterReplicaConnection<String, String> connection =
                    MasterReplica.connect(RedisClient.create(), StringCodec.UTF8, nodes);
            connection.setReadFrom(ReadFrom.LOWEST_LATENCY);
            return Connections.one(connection);
        }
    },
    OURS_EVENTUAL("ours, EVENTUAL") {
        @Override
        Connections connect(Standpoint from) {
            return regional(from, Consistency.EVENTUAL);
        }
    };

    private final String label;

    Contestant(String label) {
        this.label = label;
    }

    /** The name in results. */
    String label() {
        return label;
    }

    /** Opens a connection, which lasts as long as the JVM. */
    abstract Connections connect(Standpoint from);

    private static Connections regional(Standpoint from, Consistency consistency) {
        return Connections.one(RegionalRedis.builder()
                .topology(TopologySource.of(from.endpoints()))
                .localRegion(from.region())
                .consistency(consistency)
                .build()
                .connect());
    }

    /** Where the address of a replica says that it is a primary, this kind of routing takes it for one. */
    private static void requireRoleOfReplica(RedisUrl replica) {
        RedisClient client = RedisClient.create();
        try (StatefulRedisConnection<String, String> connection = client.connect(uri(replica))) {
            Object role = connection.sync().role().get(0);
            if (!role.equals("slave")) {
                throw new IllegalStateException("it asks ROLE, and the address of a replica answers '" + role
                        + "', for a gateway stands there that takes writes as well");
            }
        } finally {
            client.shutdown();
        }
    }

    /**
     * Where to read and where to write.
     *
     * @param reads reads go here
     * @param writes writes go here
     */
    record Connections(StatefulRedisConnection<String, String> reads, StatefulRedisConnection<String, String> writes) {

        static Connections one(StatefulRedisConnection<String, String> both) {
            return new Connections(both, both);
        }
    }

    private static RedisURI uri(RedisUrl url) {
        return RedisURI.create(url.toUri());
    }
}
