package io.managedredis.lettuce.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The network between one process and one server. */
final class Way {

    final List<Wire> wires = new ArrayList<>();
    final long latency;
    private final RandomGenerator random;
    boolean blackHoled;
    boolean refusing;

    /** When anything last went wrong here, or with the server behind. */
    long troubledAt = Long.MIN_VALUE;

    Way(long latency, RandomGenerator random) {
        this.latency = latency;
        this.random = random;
    }

    long delay() {
        return latency + random.nextLong(latency / 4 + 1);
    }

    void cut() {
        List.copyOf(wires).forEach(Wire::reset);
    }

    void heal() {
        boolean waited = blackHoled;
        blackHoled = false;
        refusing = false;
        if (waited) {
            List.copyOf(wires).forEach(Wire::healed);
        }
    }
}
