package io.managedredis.testing.fault;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import org.jspecify.annotations.Nullable;

/**
 * Nothing comes through between clients and the region, in either direction, and nobody is told: connections stay open, and
 * new ones are made. At the end what was sent arrives.
 *
 * @param region the region it concerns; null for all
 * @param database the database it concerns; null for all
 */
public record ConnectionBlackHoled(
        @Nullable Region region, @Nullable DatabaseId database) implements DataFault {

    /** In the region with this code, for all databases. */
    public static ConnectionBlackHoled in(String region) {
        return new ConnectionBlackHoled(Region.of(region), null);
    }

    /** The same for one database only. */
    public ConnectionBlackHoled on(DatabaseId onlyDatabase) {
        return new ConnectionBlackHoled(region, onlyDatabase);
    }
}
