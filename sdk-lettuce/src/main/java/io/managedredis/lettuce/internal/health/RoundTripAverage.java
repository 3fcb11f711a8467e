package io.managedredis.lettuce.internal.health;

import java.time.Duration;

/**
 * A moving average of round trips that forgets by time, not by count: after a pause the next measurement weighs more. Without a
 * measurement, or with none for too long, it is {@link #UNMEASURED}, which is no speed at all. Not thread-safe.
 */
final class RoundTripAverage {

    /** No value; never compare it with one. */
    static final long UNMEASURED = -1;

    private final double memoryNanos;
    private final long staleAfterNanos;
    private double average;
    private long measuredAt;
    private boolean measured;

    RoundTripAverage(Duration memory, Duration staleAfter) {
        memoryNanos = memory.toNanos();
        staleAfterNanos = staleAfter.toNanos();
    }

    void add(long roundTripNanos, long now) {
        if (isFresh(now)) {
            double kept = Math.exp(-Math.max(0, now - measuredAt) / memoryNanos);
            average = kept * average + (1 - kept) * roundTripNanos;
        } else {
            average = roundTripNanos;
        }
        measured = true;
        measuredAt = now;
    }

    void forget() {
        measured = false;
    }

    /** The average in nanoseconds, or {@link #UNMEASURED}. */
    long nanos(long now) {
        return isFresh(now) ? Math.round(average) : UNMEASURED;
    }

    private boolean isFresh(long now) {
        return measured && now - measuredAt <= staleAfterNanos;
    }
}
