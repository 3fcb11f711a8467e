package io.managedredis.benchmarks.command;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.masterreplica.NoNetworkMasterReplica;
import io.lettuce.core.resource.ClientResources;
import io.managedredis.lettuce.Consistency;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The ways for a command to a primary in one region and replicas in two others, all without a network. */
public enum NoNetworkContestant {
    /** Lettuce's connection to a single server. */
    PLAIN("plain Lettuce") {
        @Override
        Dispatcher open(RedisClient client) {
            return Dispatcher.through(NoNetworkConnection.open(client.getResources()));
        }
    },
    /** Two of them, chosen by hand. */
    BY_HAND("two connections by hand") {
        @Override
        Dispatcher open(RedisClient client) {
            ClientResources resources = client.getResources();
            return new TwoConnections(NoNetworkConnection.open(resources), NoNetworkConnection.open(resources));
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
    },
    /** Ours; any answer will do. */
    OURS_EVENTUAL("ours, EVENTUAL") {
        @Override
        Dispatcher open(RedisClient client) {
            return NoNetworkRegional.open(client, Consistency.EVENTUAL);
        }
    },
    /** Ours; nothing was written. */
    OURS_READ_YOUR_WRITES("ours, READ_YOUR_WRITES") {
        @Override
        Dispatcher open(RedisClient client) {
            return NoNetworkRegional.open(client, Consistency.READ_YOUR_WRITES);
        }
    },
    /** Ours; other keys were written and nothing has proven that the replica has them. */
    OURS_READ_YOUR_WRITES_UNPROVEN("ours, READ_YOUR_WRITES, 100 other keys unproven") {
        @Override
        Dispatcher open(RedisClient client) {
            return NoNetworkRegional.open(client, Consistency.READ_YOUR_WRITES).afterWritesTo(OTHER_KEYS);
        }
    },
    /** Ours; the very keys that are read were written. */
    OURS_READ_YOUR_WRITES_UNPROVEN_SAME("ours, READ_YOUR_WRITES, these keys unproven") {
        @Override
        Dispatcher open(RedisClient client) {
            return NoNetworkRegional.open(client, Consistency.READ_YOUR_WRITES).afterWritesTo(SAME_KEYS);
        }
    },
    /** Ours; any answer will do, but somebody else asks for own writes. */
    OURS_EVENTUAL_UNPROVEN("ours, EVENTUAL, 100 other keys unproven") {
        @Override
        Dispatcher open(RedisClient client) {
            return NoNetworkRegional.open(client, Consistency.EVENTUAL).afterWritesTo(OTHER_KEYS);
        }
    },
    /** Ours; the replica is within the bound. */
    OURS_AT_MOST("ours, atMost") {
        @Override
        Dispatcher open(RedisClient client) {
            return NoNetworkRegional.openWithin(client, LONG);
        }
    },
    /** Ours; the replica is within the bound, and somebody else asks for own writes. */
    OURS_AT_MOST_UNPROVEN("ours, atMost, 100 other keys unproven") {
        @Override
        Dispatcher open(RedisClient client) {
            return NoNetworkRegional.openWithin(client, LONG).afterWritesTo(OTHER_KEYS);
        }
    },
    /** Ours; all to the primary. */
    OURS_PRIMARY("ours, PRIMARY") {
        @Override
        Dispatcher open(RedisClient client) {
            return NoNetworkRegional.open(client, Consistency.PRIMARY);
        }
    },
    /** Ours; all to the primary, but somebody else asks for own writes. */
    OURS_PRIMARY_UNPROVEN("ours, PRIMARY, 100 other keys unproven") {
        @Override
        Dispatcher open(RedisClient client) {
            return NoNetworkRegional.open(client, Consistency.PRIMARY).afterWritesTo(OTHER_KEYS);
        }
    };

    private static final Duration LONG = Duration.ofHours(1);
    private static final List<String> OTHER_KEYS =
            IntStream.range(0, 100).mapToObj(key -> "order:" + key).toList();
    private static final List<String> SAME_KEYS =
            IntStream.range(0, 10).mapToObj(key -> "user:" + key).toList();

    private final String label;

    NoNetworkContestant(String label) {
        this.label = label;
    }

    /** Whether it is one of ours. */
    public boolean isOurs() {
        return name().startsWith("OURS");
    }

    /** The name in results. */
    public String label() {
        return label;
    }

    /** Opens it. */
    abstract Dispatcher open(RedisClient client);

    private static Dispatcher masterReplica(RedisClient client, ReadFrom readFrom, int replicas) {
        Map<RedisURI, StatefulRedisConnection<String, String>> nodes = new LinkedHashMap<>();
        for (int node = 0; node <= replicas; node++) {
            nodes.put(RedisURI.create("127.0.0.1", 7_000 + node), NoNetworkConnection.open(client.getResources()));
        }
        StatefulRedisConnection<String, String> connection = NoNetworkMasterReplica.connect(client, readFrom, nodes);
        return Dispatcher.through(connection);
    }
}
