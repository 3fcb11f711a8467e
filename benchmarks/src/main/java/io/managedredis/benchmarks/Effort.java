package io.managedredis.benchmarks;

import java.util.Locale;

/** How much time a run may take, and so how much its numbers are worth. */
public enum Effort {
    /** Numbers to publish: all scenarios together take at most 40 minutes. */
    FULL(9),
    /** Shows that everything runs and roughly how fast: all scenarios together take about 3 minutes. */
    SMOKE(2),
    /** Each thing once: shows only that it runs. */
    ONCE(1);

    private final int rounds;

    Effort(int rounds) {
        this.rounds = rounds;
    }

    /** How many times the contestants take turns. */
    public int rounds() {
        return rounds;
    }

    /** Whether the numbers are good enough to hold them against goals. */
    public boolean judges() {
        return this == FULL;
    }

    /** One of three sizes, by effort. */
    public int choose(int full, int smoke, int once) {
        return switch (this) {
            case FULL -> full;
            case SMOKE -> smoke;
            case ONCE -> once;
        };
    }

    /** The name in the record of a run. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
