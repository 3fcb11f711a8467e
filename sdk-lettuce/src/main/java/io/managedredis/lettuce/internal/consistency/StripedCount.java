package io.managedredis.lettuce.internal.consistency;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A count that threads raise without waiting for one another. Unlike {@link java.util.concurrent.atomic.LongAdder} it orders each
 * rise before everything its thread does later, which is what whoever sums it up relies on. It never falls.
 */
final class StripedCount {

    private static final int STRIPES = 16;
    /** So many longs lie between two stripes that no two share a cache line, with its neighbour. */
    private static final int DISTANCE = 16;

    private final AtomicLongArray stripes = new AtomicLongArray((STRIPES + 1) * DISTANCE);

    void increment() {
        int stripe = (int) Thread.currentThread().getId() & STRIPES - 1;
        stripes.getAndIncrement((stripe + 1) * DISTANCE);
    }

    /** Counts each rise that had ended when the call began, and perhaps later ones. Never falls from call to call. */
    long sum() {
        long sum = 0;
        for (int stripe = 1; stripe <= STRIPES; stripe++) {
            sum += stripes.get(stripe * DISTANCE);
        }
        return sum;
    }
}
