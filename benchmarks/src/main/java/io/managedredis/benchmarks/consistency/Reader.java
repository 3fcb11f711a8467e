package io.managedredis.benchmarks.consistency;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import io.lettuce.core.masterreplica.StatefulRedisMasterReplicaConnection;
import io.managedredis.benchmarks.support.Regional;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import java.time.Duration;
import java.util.List;

/** The ways to write to a primary and read from a replica near by. */
enum Reader {
    OURS("ours") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            return regional(primaryPort, replicaPort, Consistency.READ_YOUR_WRITES);
        }
    },
    OURS_EVENTUAL("ours, EVENTUAL") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            return regional(primaryPort, replicaPort, Consistency.EVENTUAL);
        }
    },
    OURS_AT_MOST("ours, atMost 250 ms") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            return regional(primaryPort, replicaPort, Consistency.atMost(Duration.ofMillis(250)));
        }
    },
    OURS_PRIMARY("ours, PRIMARY") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            return regional(primaryPort, replicaPort, Consistency.PRIMARY);
        }
    },
    BY_HAND("plain Lettuce, reads from the replica by hand") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            RedisClient client = RedisClient.create();
            StatefulRedisConnection<String, String> primary = client.connect(uri(primaryPort));
            StatefulRedisConnection<String, String> replica = client.connect(uri(replicaPort));
            return new Session(primary.async(), replica.async(), client::shutdown);
        }
    },
    MASTER_REPLICA("MasterReplica REPLICA") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            return masterReplica(primaryPort, replicaPort, ReadFrom.REPLICA);
        }
    },
    MASTER_REPLICA_PREFERRED("MasterReplica REPLICA_PREFERRED") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            return masterReplica(primaryPort, replicaPort, ReadFrom.REPLICA_PREFERRED);
        }
    },
    MASTER_REPLICA_NEAREST("MasterReplica LOWEST_LATENCY") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            return masterReplica(primaryPort, replicaPort, ReadFrom.LOWEST_LATENCY);
        }
    };

    private final String label;

    Reader(String label) {
        this.label = label;
    }

    /** The name in results. */
    String label() {
        return label;
    }

    abstract Session open(int primaryPort, int replicaPort);

    private static Session regional(int primaryPort, int replicaPort, Consistency consistency) {
        RegionalRedis redis = Regional.builder(primaryPort, replicaPort)
                .consistency(consistency)
                .build();
        RegionalConnection<String, String> connection = redis.connect();
        return new Session(connection.async(), connection.async(), redis::close);
    }

    private static Session masterReplica(int primaryPort, int replicaPort, ReadFrom readFrom) {
        RedisClient client = RedisClient.create();
        StatefulRedisMasterReplicaConnection<String, String> connection =
                MasterReplica.connect(client, StringCodec.UTF8, List.of(uri(primaryPort), uri(replicaPort)));
        connection.setReadFrom(readFrom);
        return new Session(connection.async(), connection.async(), client::shutdown);
    }

    private static RedisURI uri(int port) {
        return RedisURI.create("127.0.0.1", port);
    }

    /** Where to write, where to read, and how to end. */
    record Session(
            RedisAsyncCommands<String, String> writes, RedisAsyncCommands<String, String> reads, Runnable shutdown)
            implements AutoCloseable {

        @Override
        public void close() {
            shutdown.run();
        }
    }
}
