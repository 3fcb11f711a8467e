package io.managedredis;

import java.util.Arrays;
import java.util.Collection;

/**
 * Says what to change about a database. What is not mentioned stays as it is. Calls add up; where two contradict each other
 * the later one counts. Not safe for use by several threads, and of no use once the update runs.
 */
public interface DatabaseUpdate {

    /** Has read replicas in these regions too. Those that are there already stay. */
    DatabaseUpdate addReadRegions(Collection<Region> regions);

    /** Has read replicas in these regions too, by code. */
    default DatabaseUpdate addReadRegions(String... codes) {
        return addReadRegions(Arrays.stream(codes).map(Region::of).toList());
    }

    /** Has no read replicas in these regions. Where there is none anyway, nothing happens. */
    DatabaseUpdate removeReadRegions(Collection<Region> regions);

    /** Has no read replicas in these regions, by code. */
    default DatabaseUpdate removeReadRegions(String... codes) {
        return removeReadRegions(Arrays.stream(codes).map(Region::of).toList());
    }

    /** Has read replicas in these regions and no others. */
    DatabaseUpdate readRegions(Collection<Region> regions);

    /** Has read replicas in these regions and no others, by code. */
    default DatabaseUpdate readRegions(String... codes) {
        return readRegions(Arrays.stream(codes).map(Region::of).toList());
    }

    /** Moves to a plan, by identifier or by name. */
    DatabaseUpdate plan(PlanId idOrName);

    /** What happens when the data reaches the plan's size. */
    DatabaseUpdate eviction(Eviction value);

    /** Whether a full database moves to the next larger plan. */
    DatabaseUpdate autoUpgrade(boolean value);

    /** Whether the production features are on. The provider looks at this together with a new plan only. */
    DatabaseUpdate prodPack(boolean value);
}
