package io.managedredis.lettuce.internal.consistency;

/**
 * Remembers the tightest bound on staleness that reads have asked for lately, so that fences flow while, and only while, someone
 * needs them. Lock-free; a race between askers can delay a bound by one question.
 */
final class FreshnessDemand {

    /** Fences in one bound: one may be under way while the one before still counts. */
    private static final int FENCES_PER_BOUND = 4;

    /** For how many bounds after the last question the fences go on. */
    private static final int BOUNDS_REMEMBERED = 8;

    private static final long NONE = 0;

    private volatile long bound = NONE;
    private volatile long askedAt;

    void ask(long now, long boundNanos) {
        long known = bound;
        if (known == NONE || boundNanos <= known || isForgotten(now, known)) {
            if (known != boundNanos) {
                askedAt = now;
                bound = boundNanos;
            } else if (now - askedAt > known / FENCES_PER_BOUND) {
                askedAt = now;
            }
        }
    }

    /** The time between two fences that keeps the bound, or {@link Long#MAX_VALUE} when nobody asks. */
    long intervalNanos(long now) {
        long known = bound;
        return known == NONE || isForgotten(now, known) ? Long.MAX_VALUE : Math.max(1, known / FENCES_PER_BOUND);
    }

    private boolean isForgotten(long now, long known) {
        return (now - askedAt) / BOUNDS_REMEMBERED > known;
    }
}
