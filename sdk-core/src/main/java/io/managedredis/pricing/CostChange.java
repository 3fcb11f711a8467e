package io.managedredis.pricing;

import java.util.Objects;

/**
 * What a change does to the cost of a database.
 *
 * @param before the cost as it is
 * @param after the cost after the change
 */
public record CostChange(CostEstimate before, CostEstimate after) {

    /** Checks that nothing is missing. */
    public CostChange {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /** How much more the database costs per month after the change; below zero when it gets cheaper. */
    public Money perMonth() {
        return after.perMonth().minus(before.perMonth());
    }
}
