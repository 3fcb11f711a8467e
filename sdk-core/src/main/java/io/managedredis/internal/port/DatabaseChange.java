package io.managedredis.internal.port;

import io.managedredis.DatabaseId;
import io.managedredis.DatabaseOptions;
import io.managedredis.PlanId;
import io.managedredis.Region;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to change a database. Null leaves a part as it is.
 *
 * @param id which database
 * @param planId the identifier of its new plan
 * @param readRegions all of its read regions, for the provider replaces the list
 * @param options all of its options, for the provider replaces them
 * @param prodPack whether the production features are to be on; the provider looks at it with a new plan only
 */
public record DatabaseChange(
        DatabaseId id,
        @Nullable PlanId planId,
        @Nullable List<Region> readRegions,
        @Nullable DatabaseOptions options,
        @Nullable Boolean prodPack) {

    /** Copies the list. */
    public DatabaseChange {
        Objects.requireNonNull(id, "id");
        readRegions = readRegions == null ? null : List.copyOf(readRegions);
    }
}
