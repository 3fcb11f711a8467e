package io.managedredis.lettuce.internal.selection;

import io.managedredis.Region;

/**
 * An endpoint as it stands when a choice is made.
 *
 * @param <E> what stands for the endpoint; compared by identity
 * @param endpoint the endpoint
 * @param region where it is
 * @param primary whether it is the primary
 * @param usable whether commands may go there
 * @param roundTripNanos the moving average of its round trips, or {@link #UNMEASURED}
 */
public record Candidate<E>(E endpoint, Region region, boolean primary, boolean usable, long roundTripNanos) {

    /** No round trip is known. Such a candidate is never taken for fast. */
    public static final long UNMEASURED = -1;

    boolean isMeasured() {
        return roundTripNanos >= 0;
    }
}
