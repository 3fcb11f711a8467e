package io.managedredis.benchmarks.faults;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import io.lettuce.core.masterreplica.StatefulRedisMasterReplicaConnection;
import io.managedredis.benchmarks.support.Regional;
import io.managedredis.lettuce.RegionalRedis;
import java.util.List;

/** The ways to read from a replica near by. Each reads with a command of its own, so that the server's counts tell them apart. */
enum Reader {
    OURS("ours", "GET") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            RegionalRedis redis = Regional.builder(primaryPort, replicaPort).build();
            return new Session(redis.connect(), redis::close);
        }

        @Override
        RedisFuture<?> read(RedisAsyncCommands<String, String> commands, String key) {
            return commands.get(key);
        }
    },
    MASTER_REPLICA("MasterReplica REPLICA", "STRLEN") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            return masterReplica(primaryPort, replicaPort, ReadFrom.REPLICA);
        }

        @Override
        RedisFuture<?> read(RedisAsyncCommands<String, String> commands, String key) {
            return commands.strlen(key);
        }
    },
    MASTER_REPLICA_PREFERRED("MasterReplica REPLICA_PREFERRED", "EXISTS") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            return masterReplica(primaryPort, replicaPort, ReadFrom.REPLICA_PREFERRED);
        }

        @Override
        RedisFuture<?> read(RedisAsyncCommands<String, String> commands, String key) {
            return commands.exists(key);
        }
    },
    PLAIN("plain Lettuce on the replica", "TTL") {
        @Override
        Session open(int primaryPort, int replicaPort) {
            RedisClient client = RedisClient.create(uri(replicaPort));
            return new Session(client.connect(), client::shutdown);
        }

        @Override
        RedisFuture<?> read(RedisAsyncCommands<String, String> commands, String key) {
            return commands.ttl(key);
        }
    };

    private final String label;
    private final String command;

    Reader(String label, String command) {
        this.label = label;
        this.command = command;
    }

    /** The name in results. */
    String label() {
        return label;
    }

    /** What it reads with. */
    String command() {
        return command;
    }

    /** Opens it. */
    abstract Session open(int primaryPort, int replicaPort);

    abstract RedisFuture<?> read(RedisAsyncCommands<String, String> commands, String key);

    private static Session masterReplica(int primaryPort, int replicaPort, ReadFrom readFrom) {
        RedisClient client = RedisClient.create();
        StatefulRedisMasterReplicaConnection<String, String> connection =
                MasterReplica.connect(client, StringCodec.UTF8, List.of(uri(primaryPort), uri(replicaPort)));
        connection.setReadFrom(readFrom);
        return new Session(connection, client::shutdown);
    }

    private static RedisURI uri(int port) {
        return RedisURI.create("127.0.0.1", port);
    }

    /** A connection, and how to end. */
    record Session(StatefulRedisConnection<String, String> connection, Runnable shutdown) implements AutoCloseable {

        @Override
        public void close() {
            shutdown.run();
        }
    }
}
