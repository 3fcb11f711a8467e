package io.managedredis.testing.internal;

import io.managedredis.DatabaseId;
import io.managedredis.Eviction;
import io.managedredis.Region;
import io.managedredis.Secret;
import java.util.List;

/**
 * What the data plane needs to know to run a database.
 *
 * @param id names the database in logs
 * @param primaryRegion where writes happen
 * @param readRegions where replicas stand, without the primary's region
 * @param limits what the plan allows
 * @param eviction what happens when the data is full
 * @param password what clients authenticate with, as user {@code default}
 */
public record DatabaseDefinition(
        DatabaseId id,
        Region primaryRegion,
        List<Region> readRegions,
        PlanLimits limits,
        Eviction eviction,
        Secret password) {

    /** Copies the list. */
    public DatabaseDefinition {
        readRegions = List.copyOf(readRegions);
    }
}
