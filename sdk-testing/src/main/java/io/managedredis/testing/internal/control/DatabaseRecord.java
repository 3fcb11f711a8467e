package io.managedredis.testing.internal.control;

import io.managedredis.DatabaseId;
import io.managedredis.Eviction;
import io.managedredis.Region;
import io.managedredis.Secret;
import io.managedredis.testing.internal.RunningDatabase;
import io.managedredis.testing.internal.catalog.Plan;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the control plane knows of one database at one moment.
 *
 * @param sequence orders databases by their creation
 * @param id the identifier, never used again
 * @param name the name, no other database has it
 * @param organization whose it is
 * @param primaryRegion where writes happen
 * @param readRegions where replicas stand
 * @param plan what it may use
 * @param options switches
 * @param metadata whatever clients keep with it
 * @param password what Redis clients authenticate with
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 * @param running the Redis behind it
 */
public record DatabaseRecord(
        long sequence,
        DatabaseId id,
        String name,
        Organization organization,
        Region primaryRegion,
        List<Region> readRegions,
        Plan plan,
        AddOnOptions options,
        Map<String, Object> metadata,
        Secret password,
        Instant createdAt,
        Instant updatedAt,
        RunningDatabase running) {

    /** The one state that a database is seen in: creation and deletion are over when they are answered. */
    public static final String STATUS = "active";

    /** Copies the collections. */
    public DatabaseRecord {
        readRegions = List.copyOf(readRegions);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Whether keys are evicted when the data is full. */
    public boolean evicts() {
        return options.eviction() == Eviction.ENABLED;
    }

    DatabaseRecord changed(
            List<Region> newReadRegions,
            Plan newPlan,
            AddOnOptions newOptions,
            Map<String, Object> newMetadata,
            Secret newPassword,
            Instant now) {
        return new DatabaseRecord(
                sequence,
                id,
                name,
                organization,
                primaryRegion,
                newReadRegions,
                newPlan,
                newOptions,
                newMetadata,
                newPassword,
                createdAt,
                now,
                running);
    }
}
