package io.managedredis.junit5.internal;

import io.managedredis.DatabaseSpec;
import io.managedredis.Eviction;
import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.lettuce.Consistency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test asked for.
 *
 * @param plan the plan, or null for the service's default
 * @param local where the test stands
 * @param distances whether the regions are apart
 */
public record DatabaseRequest(
        Region primaryRegion,
        List<Region> readRegions,
        @Nullable PlanId plan,
        Eviction eviction,
        Region local,
        Consistency consistency,
        boolean distances) {

    /**
     * Checks what can be checked before there is a service.
     *
     * @throws io.managedredis.error.InvalidRequestException when the read regions contain the primary or one region twice
     */
    public DatabaseRequest {
        readRegions = List.copyOf(readRegions);
        fill(DatabaseSpec.named("checked"), primaryRegion, readRegions, plan, eviction);
    }

    /** The request, for a database with the name that the builder has. */
    DatabaseSpec.Builder describe(DatabaseSpec.Builder spec) {
        fill(spec, primaryRegion, readRegions, plan, eviction);
        return spec;
    }

    private static void fill(
            DatabaseSpec.Builder spec,
            Region primaryRegion,
            List<Region> readRegions,
            @Nullable PlanId plan,
            Eviction eviction) {
        spec.primaryRegion(primaryRegion).readRegions(readRegions).eviction(eviction);
        if (plan != null) {
            spec.plan(plan);
        }
        spec.build();
    }
}
