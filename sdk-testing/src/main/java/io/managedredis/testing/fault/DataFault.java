package io.managedredis.testing.fault;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import org.jspecify.annotations.Nullable;

/** A fault between clients and their data. It concerns one region, or all; and one database, or all. */
public sealed interface DataFault extends Fault
        permits ConnectionBlackHoled,
                ConnectionCut,
                PasswordRejected,
                RegionDown,
                RegionSlow,
                ReplicationPaused,
                ReplicationSlow {

    /** The region it concerns; null for all. */
    @Nullable
    Region region();

    /** The database it concerns; null for all. */
    @Nullable
    DatabaseId database();

    /** Whether it concerns this database in this region. */
    default boolean concerns(DatabaseId someDatabase, Region someRegion) {
        return (database() == null || someDatabase.equals(database()))
                && (region() == null || someRegion.equals(region()));
    }
}
