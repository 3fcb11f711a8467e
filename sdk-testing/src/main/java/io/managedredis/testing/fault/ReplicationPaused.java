package io.managedredis.testing.fault;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import org.jspecify.annotations.Nullable;

/**
 * The replica in the region gets no more of what the primary has. At the end it catches up.
 *
 * @param region the region it concerns; null for all
 * @param database the database it concerns; null for all
 */
public record ReplicationPaused(
        @Nullable Region region, @Nullable DatabaseId database) implements DataFault {

    /** In the region with this code, for all databases. */
    public static ReplicationPaused in(String region) {
        return new ReplicationPaused(Region.of(region), null);
    }

    /** The same for one database only. */
    public ReplicationPaused on(DatabaseId onlyDatabase) {
        return new ReplicationPaused(region, onlyDatabase);
    }
}
