package io.managedredis;

import io.managedredis.error.ConfigurationException;
import io.managedredis.error.InvalidRequestException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The databases of a cache that each region has for itself.
 *
 * @param byRegion the database in each region, in the order of the specification
 */
public record RegionalCaches(Map<Region, Database> byRegion) {

    /** Copies the map. */
    public RegionalCaches {
        byRegion = Collections.unmodifiableMap(new LinkedHashMap<>(byRegion));
    }

    /**
     * The database in the region that this process runs in.
     *
     * @throws ConfigurationException when that region is not known
     * @throws InvalidRequestException when the cache is not in that region
     */
    public Database local() {
        return in(Region.fromEnvironment());
    }

    /**
     * The database in a region.
     *
     * @throws InvalidRequestException when the cache is not in that region
     */
    public Database in(Region region) {
        Database database = byRegion.get(region);
        if (database == null) {
            throw new InvalidRequestException(
                    "region",
                    "the cache is not in the region '" + region + "'",
                    byRegion.keySet().stream().map(Region::code).collect(Collectors.joining(", ")));
        }
        return database;
    }
}
