package io.managedredis.placement;

import io.managedredis.error.InvalidRequestException;

/**
 * What the programs in one region send.
 *
 * @param readsPerSecond reads a second, zero to a million million
 * @param writesPerSecond writes a second, zero to a million million
 */
public record RegionLoad(double readsPerSecond, double writesPerSecond) {

    private static final double MOST = 1e12;

    /**
     * Checks the numbers.
     *
     * @throws InvalidRequestException when one is out of range
     */
    public RegionLoad {
        check("readsPerSecond", readsPerSecond);
        check("writesPerSecond", writesPerSecond);
    }

    /** The sum of both. */
    public RegionLoad plus(RegionLoad other) {
        return new RegionLoad(readsPerSecond + other.readsPerSecond, writesPerSecond + other.writesPerSecond);
    }

    private static void check(String field, double number) {
        if (!(number >= 0 && number <= MOST)) {
            throw new InvalidRequestException(
                    field, number + " commands a second are not possible", "zero to a million million");
        }
    }
}
