package io.managedredis.junit5.internal;

import io.managedredis.DatabaseSpec;
import io.managedredis.Eviction;
import io.managedredis.PlanId;
import io.managedredis.Region;
import java.util.List;

/**
 * What a test asked for.
 *
 * @param plan the plan, or blank for the service's default
 * @param localRegion where the test stands, or blank for the primary's region
 * @param distances whether the regions are apart
 */
public record DatabaseRequest(
        String primaryRegion,
        List<String> readRegions,
        String plan,
        Eviction eviction,
        String localRegion,
        boolean distances) {

    DatabaseSpec toSpec() {
        DatabaseSpec.Builder spec = DatabaseSpec.unnamed()
                .primaryRegion(primaryRegion)
                .readRegions(readRegions.toArray(String[]::new))
                .eviction(eviction);
        if (!plan.isBlank()) {
            spec.plan(PlanId.of(plan));
        }
        return spec.build();
    }

    Region local() {
        return Region.of(localRegion.isBlank() ? primaryRegion : localRegion);
    }
}
