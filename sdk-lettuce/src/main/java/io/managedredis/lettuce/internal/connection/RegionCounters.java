package io.managedredis.lettuce.internal.connection;

import java.util.concurrent.atomic.LongAdder;

/** What one node has answered. */
public final class RegionCounters {

    private final LongAdder reads = new LongAdder();
    private final LongAdder others = new LongAdder();

    void answered(boolean read) {
        (read ? reads : others).increment();
    }

    /** Reads answered. */
    public long reads() {
        return reads.sum();
    }

    /** All other commands answered. */
    public long writes() {
        return others.sum();
    }
}
