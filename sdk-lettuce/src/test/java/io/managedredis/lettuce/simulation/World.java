package io.managedredis.lettuce.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What everything in one history shares. */
final class World {
    final RandomGenerator random;
    final Scheduler scheduler;
    final Checker checker;
    final Primary primary;

    World(long seed, int keys) {
        random = new SplittableRandom(seed);
        scheduler = new Scheduler(random);
        primary = new Primary(scheduler, keys);
        checker = new Checker(this);
    }
}
