package io.managedredis.placement;

import io.managedredis.pricing.CostEstimate;
import io.managedredis.pricing.Money;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a placement comes to under a workload. Times are those of the network alone: what Redis itself takes is added to them.
 *
 * @param placement where the database is
 * @param reads how long reads travel, or null where the workload has none
 * @param writes how long writes travel, or null where the workload has none
 * @param mean the mean over reads and writes together
 * @param regions the same for each region of the workload, in the order of their codes
 * @param cost what the database costs a month, or null where the plan or one of its prices is not known
 */
public record Assessment(
        Placement placement,
        @Nullable Latency reads,
        @Nullable Latency writes,
        Duration mean,
        List<RegionLatency> regions,
        @Nullable CostEstimate cost) {

    /** Copies the list, and checks that nothing is missing. */
    public Assessment {
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(mean, "mean");
        regions = List.copyOf(regions);
    }

    /** What the database costs a month; empty where that is not known. */
    public Optional<Money> costPerMonth() {
        return Optional.ofNullable(cost).map(CostEstimate::perMonth);
    }
}
