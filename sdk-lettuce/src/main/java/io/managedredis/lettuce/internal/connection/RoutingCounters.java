package io.managedredis.lettuce.internal.connection;

import java.util.concurrent.atomic.LongAdder;

/** What routing has done, over all connections of one database. */
public final class RoutingCounters {

    private final LongAdder fallbacks = new LongAdder();
    private final LongAdder keptFromStaleness = new LongAdder();

    void fellBack() {
        fallbacks.increment();
    }

    void keptFromStaleness() {
        keptFromStaleness.increment();
    }

    /** Reads that a replica could not serve and another endpoint was asked for. */
    public long fallbacks() {
        return fallbacks.sum();
    }

    /** Reads sent to the primary because the replica was not proven to be current enough. */
    public long readsKeptFromStaleness() {
        return keptFromStaleness.sum();
    }
}
