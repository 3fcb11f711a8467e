package io.managedredis.lettuce.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final int HISTORIES = Integer.getInteger("simulation.histories", 3_000);
    private static final long FIRST_SEED = Long.getLong("simulation.seed", 1);

    @Test
    void should_keep_every_promise_in_every_history() {
        long reads = 0;
        long replicaReads = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            Checker checker = Simulation.run(seed);
            assertThat(checker.violation()).as("seed %d", seed).isEmpty();
            reads += checker.reads;
            replicaReads += checker.replicaReads;
        }
        // Sending everything to the primary would keep every promise but the point of it.
        assertThat(replicaReads).isGreaterThan(reads / 5);
    }
}
