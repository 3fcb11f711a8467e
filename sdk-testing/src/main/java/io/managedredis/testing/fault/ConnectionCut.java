package io.managedredis.testing.fault;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import org.jspecify.annotations.Nullable;

/**
 * Every connection to the region is cut at the moment the fault is started. New ones are not concerned.
 *
 * @param region the region it concerns; null for all
 * @param database the database it concerns; null for all
 */
public record ConnectionCut(
        @Nullable Region region, @Nullable DatabaseId database) implements DataFault {

    /** In the region with this code, for all databases. */
    public static ConnectionCut in(String region) {
        return new ConnectionCut(Region.of(region), null);
    }

    /** The same for one database only. */
    public ConnectionCut on(DatabaseId onlyDatabase) {
        return new ConnectionCut(region, onlyDatabase);
    }
}
