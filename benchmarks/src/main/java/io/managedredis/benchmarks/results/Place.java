package io.managedredis.benchmarks.results;

import java.util.Objects;

/**
 * Where a result stands on a curve: a point of it for each value of the quantity that grows.
 *
 * @param curve names the curve
 * @param along the quantity that grows, with its unit
 * @param at its value here
 */
public record Place(String curve, String along, double at) {

    /** Checks that nothing is missing. */
    public Place {
        Objects.requireNonNull(curve, "curve");
        Objects.requireNonNull(along, "along");
    }
}
