package io.managedredis.pricing;

import io.managedredis.error.InvalidRequestException;
import java.util.Objects;

/**
 * What the bill of a database depends on. The primary region is always there and not counted.
 *
 * @param plan the plan's name
 * @param readRegions how many read regions there are beside the primary, zero or more
 * @param prodPack whether the production add-on is booked
 */
public record BilledDatabase(String plan, int readRegions, boolean prodPack) {

    /**
     * Checks the values.
     *
     * @throws InvalidRequestException when the number of read regions is negative
     */
    public BilledDatabase {
        Objects.requireNonNull(plan, "plan");
        if (readRegions < 0) {
            throw new InvalidRequestException("readRegions", readRegions + " is negative", "zero or more");
        }
    }

    /** A database on a plan with this many read regions, without the production add-on. */
    public static BilledDatabase of(String plan, int readRegions) {
        return new BilledDatabase(plan, readRegions, false);
    }

    /** The same with the production add-on. */
    public BilledDatabase withProdPack() {
        return new BilledDatabase(plan, readRegions, true);
    }
}
