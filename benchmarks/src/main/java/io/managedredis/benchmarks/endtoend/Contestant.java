package io.managedredis.benchmarks.endtoend;

import io.lettuce.core.ReadFrom;
import io.managedredis.lettuce.Consistency;

/** The clients compared. */
enum Contestant {
    OURS("ours") {
        @Override
        ClientUnderTest open(int primaryPort, int replicaPort, int threads) {
            return LettuceClient.regional(primaryPort, replicaPort, Consistency.READ_YOUR_WRITES);
        }
    },
    LETTUCE("plain Lettuce") {
        @Override
        ClientUnderTest open(int primaryPort, int replicaPort, int threads) {
            return LettuceClient.plain(primaryPort);
        }
    },
    OURS_EVENTUAL("ours, EVENTUAL") {
        @Override
        ClientUnderTest open(int primaryPort, int replicaPort, int threads) {
            return LettuceClient.regional(primaryPort, replicaPort, Consistency.EVENTUAL);
        }
    },
    MASTER_REPLICA("MasterReplica REPLICA_PREFERRED") {
        @Override
        ClientUnderTest open(int primaryPort, int replicaPort, int threads) {
            return LettuceClient.masterReplica(primaryPort, replicaPort, ReadFrom.REPLICA_PREFERRED);
        }
    },
    MASTER_REPLICA_NEAREST("MasterReplica LOWEST_LATENCY") {
        @Override
        ClientUnderTest open(int primaryPort, int replicaPort, int threads) {
            return LettuceClient.masterReplica(primaryPort, replicaPort, ReadFrom.LOWEST_LATENCY);
        }
    },
    JEDIS("Jedis") {
        @Override
        ClientUnderTest open(int primaryPort, int replicaPort, int threads) {
            return new JedisClient(primaryPort, threads);
        }
    },
    REDISSON("Redisson") {
        @Override
        ClientUnderTest open(int primaryPort, int replicaPort, int threads) {
            return new RedissonClientUnderTest(primaryPort, replicaPort);
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

    abstract ClientUnderTest open(int primaryPort, int replicaPort, int threads);
}
