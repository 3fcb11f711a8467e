package io.managedredis.placement;

import io.managedredis.pricing.Money;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One change to a placement, and what it would do.
 *
 * @param change what would change
 * @param before what the placement comes to as it is
 * @param after what it would come to
 */
public record PlacementOption(PlacementChange change, Assessment before, Assessment after) {

    /** Checks that nothing is missing. */
    public PlacementOption {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /** How much longer commands would travel in the mean, reads and writes together; below zero where it is less. */
    public Duration meanDifference() {
        return after.mean().minus(before.mean());
    }

    /** How much more a month would cost, below zero where it is less; empty where one of the two is not known. */
    public Optional<Money> costDifference() {
        return before.costPerMonth().flatMap(from -> after.costPerMonth().map(to -> to.minus(from)));
    }
}
