package io.managedredis.benchmarks.command;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.masterreplica.NoNetworkMasterReplica;
import io.lettuce.core.resource.ClientResources;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ways for a command to a primary in one region and replicas in two others, all without a network. */
public enum NoNetworkContestant {
    /** Lettuce's connection to a single server. */
    PLAIN("plain Lettuce") {
        @Override
        Dispatcher open(RedisClient client) {
            StatefulRedisConnection<String, String> connection = NoNetworkConnection.open(client.getResources());
            return command -> connection.dispatch(command);
        }
    },
    /** Two of them, chosen by hand. */
    BY_HAND("two connections by hand") {
        @Override
        Dispatcher open(RedisClient client) {
            ClientResources resources = client.getResources();
            return new TwoConnections(NoNetworkConnection.open(resources), NoNetworkConnection.open(resources))
                    ::dispatch;
        }
    },
    /** Lettuce's routing, all to the primary. */
    MASTER_REPLICA_PRIMARY("MasterReplica UPSTREAM") {
        @Override
        Dispatcher open(RedisClient client) {
            return masterReplica(client, ReadFrom.UPSTREAM, 2);
        }
    },
    /** Lettuce's routing to the only replica. */
    MASTER_REPLICA_ONE_REPLICA("MasterReplica REPLICA, one replica") {
        @Override
        Dispatcher open(RedisClient client) {
            return masterReplica(client, ReadFrom.REPLICA, 1);
        }
    },
    /** Lettuce's routing to one of two replicas. */
    MASTER_REPLICA_REPLICA("MasterReplica REPLICA") {
        @Override
        Dispatcher open(RedisClient client) {
            return masterReplica(client, ReadFrom.REPLICA, 2);
        }
    },
    /** Lettuce's routing to a replica, else the primary. */
    MASTER_REPLICA_PREFERRED("MasterReplica REPLICA_PREFERRED") {
        @Override
        Dispatcher open(RedisClient client) {
            return masterReplica(client, ReadFrom.REPLICA_PREFERRED, 2);
        }
    },
    /** Lettuce's routing to what was nearest when it connected. */
    MASTER_REPLICA_NEAREST("MasterReplica LOWEST_LATENCY") {
        @Override
        Dispatcher open(RedisClient client) {
            return masterReplica(client, ReadFrom.LOWEST_LATENCY, 2);
        }
    };

    private final String label;

    NoNetworkContestant(String label) {
        this.label = label;
    }

    /** The name in results. */
    public String label() {
        return label;
    }

    /** Opens it; nothing needs to be closed but the client. */
    abstract Dispatcher open(RedisClient client);

    private static Dispatcher masterReplica(RedisClient client, ReadFrom readFrom, int replicas) {
        Map<RedisURI, StatefulRedisConnection<String, String>> nodes = new LinkedHashMap<>();
        for (int node = 0; node <= replicas; node++) {
            nodes.put(RedisURI.create("127.0.0.1", 7_000 + node), NoNetworkConnection.open(client.getResources()));
        }
        StatefulRedisConnection<String, String> connection = NoNetworkMasterReplica.connect(client, readFrom, nodes);
        return command -> connection.dispatch(command);
    }
}
