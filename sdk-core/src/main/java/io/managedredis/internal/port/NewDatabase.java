package io.managedredis.internal.port;

import io.managedredis.DatabaseOptions;
import io.managedredis.PlanId;
import io.managedredis.Region;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to create a database.
 *
 * @param name its name
 * @param organizationId the identifier of its organization
 * @param primaryRegion where writes are processed
 * @param readRegions where read replicas are
 * @param planId the identifier of its plan, or null for the provider's default
 * @param options its options
 */
public record NewDatabase(
        String name,
        String organizationId,
        Region primaryRegion,
        List<Region> readRegions,
        @Nullable PlanId planId,
        DatabaseOptions options) {

    /** Copies the list, and checks that nothing is missing. */
    public NewDatabase {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(organizationId, "organizationId");
        Objects.requireNonNull(primaryRegion, "primaryRegion");
        readRegions = List.copyOf(readRegions);
        Objects.requireNonNull(options, "options");
    }
}
