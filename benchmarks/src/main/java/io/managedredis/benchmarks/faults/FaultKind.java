package io.managedredis.benchmarks.faults;

import io.managedredis.benchmarks.support.RedisGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** What happens to the local replica. */
enum FaultKind {
    /** Its process is killed and, at the end, started anew. */
    KILLED("is killed, and started again after %s") {
        @Override
        void begin(RedisGroup redis, FaultRelay relay) throws IOException, InterruptedException {
            redis.killReplica();
        }

        @Override
        void end(RedisGroup redis, FaultRelay relay) throws IOException, InterruptedException {
            redis.restartReplica();
        }
    },
    /** Its process is stopped: sockets stay open and nothing answers. */
    PAUSED("is stopped for %s") {
        @Override
        void begin(RedisGroup redis, FaultRelay relay) throws IOException, InterruptedException {
            redis.signalReplica("STOP");
        }

        @Override
        void end(RedisGroup redis, FaultRelay relay) throws IOException, InterruptedException {
            redis.signalReplica("CONT");
        }
    },
    /** Its connections are cut, and new ones closed at once. */
    CUT("has its connections cut, and new ones for %s") {
        @Override
        void begin(RedisGroup redis, FaultRelay relay) throws IOException {
            relay.become(FaultRelay.State.CUT);
        }

        @Override
        void end(RedisGroup redis, FaultRelay relay) throws IOException {
            relay.become(FaultRelay.State.OPEN);
        }
    },
    /** Nothing gets through to it or from it. */
    BLACK_HOLED("is behind a network that lets nothing through for %s") {
        @Override
        void begin(RedisGroup redis, FaultRelay relay) throws IOException {
            relay.become(FaultRelay.State.BLACK_HOLE);
        }

        @Override
        void end(RedisGroup redis, FaultRelay relay) throws IOException {
            relay.become(FaultRelay.State.OPEN);
        }
    };

    private final String label;

    FaultKind(String label) {
        this.label = label;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Says of the replica what happens to it. */
    String label(Duration lasting) {
        return String.format(Locale.ROOT, label, lasting.toMillis() / 1e3 + " s");
    }

    /** Whether it happens between the clients and the server, so that they must be connected through the relay. */
    boolean isOfTheNetwork() {
        return this == CUT || this == BLACK_HOLED;
    }

    abstract void begin(RedisGroup redis, FaultRelay relay) throws IOException, InterruptedException;

    abstract void end(RedisGroup redis, FaultRelay relay) throws IOException, InterruptedException;
}
