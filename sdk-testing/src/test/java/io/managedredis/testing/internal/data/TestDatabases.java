package io.managedredis.testing.internal.data;

import io.managedredis.DatabaseId;
import io.managedredis.Eviction;
import io.managedredis.Limit;
import io.managedredis.Region;
import io.managedredis.Secret;
import io.managedredis.testing.internal.DatabaseDefinition;
import io.managedredis.testing.internal.PlanLimits;
import java.util.Arrays;

/** Definitions for tests: the primary in Madrid. */
final class TestDatabases {

    static final Region MAD = Region.of("mad");
    static final Region AMS = Region.of("ams");
    static final Region NRT = Region.of("nrt");
    static final Secret PASSWORD = Secret.of("0123456789abcdef0123456789abcdef");

    static final PlanLimits UNLIMITED = new PlanLimits(
            Limit.unlimited(),
            Limit.unlimited(),
            Limit.unlimited(),
            Limit.unlimited(),
            Limit.unlimited(),
            Limit.unlimited(),
            Limit.unlimited());

    private TestDatabases() {}

    static DatabaseDefinition unlimited(Region... readRegions) {
        return limited(UNLIMITED, Eviction.DISABLED, readRegions);
    }

    static DatabaseDefinition limited(PlanLimits limits, Eviction eviction, Region... readRegions) {
        return new DatabaseDefinition(
                DatabaseId.of("test"), MAD, Arrays.asList(readRegions), limits, eviction, PASSWORD);
    }
}
