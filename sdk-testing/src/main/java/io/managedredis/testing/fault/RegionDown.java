package io.managedredis.testing.fault;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import org.jspecify.annotations.Nullable;

/**
 * A region is gone: its connections are cut and new ones refused, the single address leads to another region, and nothing
 * is replicated to or from it. Where it is the primary's region, other regions go on reading, and close connections that
 * need the primary.
 *
 * @param region the region it concerns; null for all
 * @param database the database it concerns; null for all
 */
public record RegionDown(@Nullable Region region, @Nullable DatabaseId database) implements DataFault {

    /** In the region with this code, for all databases. */
    public static RegionDown in(String region) {
        return new RegionDown(Region.of(region), null);
    }

    /** The same for one database only. */
    public RegionDown on(DatabaseId onlyDatabase) {
        return new RegionDown(region, onlyDatabase);
    }
}
