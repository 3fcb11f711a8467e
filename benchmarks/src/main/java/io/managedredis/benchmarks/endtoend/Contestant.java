package io.managedredis.benchmarks.endtoend;

import io.lettuce.core.ReadFrom;
import io.managedredis.lettuce.Consistency;
import java.util.Locale;
import java.util.stream.Stream;

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
    },
    GLIDE("Valkey GLIDE") {
        @Override
        ClientUnderTest open(int primaryPort, int replicaPort, int threads) {
            return new GlideClientUnderTest(primaryPort, replicaPort);
        }

        /** Its artifact holds the library of one platform, which is chosen when this program is built. */
        @Override
        boolean isAvailable() {
            String system =
                    System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "osx" : "linux";
            String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
            String library = "/natives/" + system + "/" + architecture + "/libglide_rs";
            return Stream.of(".so", ".dylib")
                    .anyMatch(suffix -> GlideClientUnderTest.class.getResource(library + suffix) != null);
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

    /** Whether it runs on this machine. */
    boolean isAvailable() {
        return true;
    }

    abstract ClientUnderTest open(int primaryPort, int replicaPort, int threads);
}
