package io.managedredis;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the provider says about a region.
 *
 * @param region the region
 * @param name the name for people, such as {@code Amsterdam, Netherlands}
 * @param latitude degrees, north is positive, or null where it is not known
 * @param longitude degrees, east is positive, or null where it is not known
 * @param deprecated whether the region is retired: older databases are still in it
 * @param requiresPaidPlan whether only organizations on a paid plan may use it
 * @param excluded whether databases cannot be in it although the platform has it
 * @param gatewayAvailable whether the platform's private network can be entered there
 */
public record RegionInfo(
        Region region,
        String name,
        @Nullable Double latitude,
        @Nullable Double longitude,
        boolean deprecated,
        boolean requiresPaidPlan,
        boolean excluded,
        boolean gatewayAvailable) {

    /** Checks that nothing is missing. */
    public RegionInfo {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(name, "name");
    }
}
