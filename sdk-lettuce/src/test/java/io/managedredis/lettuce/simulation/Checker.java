package io.managedredis.lettuce.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds a history against what is promised. The first violation is kept. */
final class Checker {

    /** After a fault has ended, connections need a moment. */
    private static final long SETTLING = 1_500 * Scheduler.MILLIS;

    private final World world;
    private String violation;
    private int open;

    /** Reads answered: in all, and by a replica. */
    long reads;

    long replicaReads;

    Checker(World world) {
        this.world = world;
    }

    Optional<String> violation() {
        return Optional.ofNullable(violation);
    }

    void violated(String what) {
        if (violation == null) {
            violation = what + " at " + world.scheduler.now() / 1000 + " us";
        }
    }

    void begun() {
        open++;
    }

    void ended() {
        open--;
    }

    void answered(ReadCall read, ReadCall.Attempt attempt, int version) {
        ended();
        reads++;
        boolean replica = attempt.node().server != world.primary;
        replicaReads += replica ? 1 : 0;
        switch (read.mode) {
            case READ_YOUR_WRITES -> {
                if (version < read.acknowledged) {
                    violated("stale read of own write: " + read + " got " + version + " from "
                            + attempt.node().server.name + " after " + read.acknowledged);
                }
                if (replica && version < attempt.floor()) {
                    violated("read went back in time when the endpoint changed: " + read + " got " + version + " after "
                            + attempt.floor());
                }
            }
            case AT_MOST -> {
                int bound = world.primary.versionAt(read.key, attempt.decidedAt() - read.bound);
                if (version < bound) {
                    violated("read older than its bound: " + read + " got " + version + " instead of " + bound);
                }
            }
            case EVENTUAL -> {
                // Any version that ever was will do.
                if (version > world.primary.versions[read.key]) {
                    violated("read of a version that was never written: " + read);
                }
            }
        }
    }

    /** A read is being executed: writes of its own connection sent before must have been. */
    void executes(ReadCall read, int version) {
        if (read.mode != ReadCall.Mode.READ_YOUR_WRITES) {
            return;
        }
        for (WriteCall write : read.sentBefore) {
            if (write.failed || write.key != read.key && write.key != Primary.ALL_KEYS) {
                continue;
            }
            if (!write.executed) {
                violated("read overtook a write of its own connection: " + read);
            } else if (version < write.versions[read.key]) {
                violated("read missed a write of its own connection: " + read);
            }
        }
    }

    void failed(ReadCall read, List<Node> nodes) {
        ended();
        for (Node node : nodes) {
            boolean mayServe = node.server == world.primary || read.mode == ReadCall.Mode.EVENTUAL;
            if (mayServe && !node.isTroubled() && node.way.troubledAt + SETTLING < read.dispatchedAt) {
                violated("read failed while " + node.server.name + " was up: " + read);
            }
        }
    }

    /** A process leaves a replica for its silence: it must have had reason to. */
    void left(Node node) {
        if (!node.isTroubled() && node.way.troubledAt + SETTLING < world.scheduler.now()) {
            violated(node.server.name + " was left though it answers");
        }
    }

    void finished(List<SimulatedProcess> processes) {
        if (open != 0) {
            violated(open + " operations never ended");
        }
        List<String> unsettled = new ArrayList<>();
        processes.forEach(process -> process.describeUnsettled(unsettled));
        if (!unsettled.isEmpty()) {
            violated("after all was well again: " + unsettled);
        }
    }
}
