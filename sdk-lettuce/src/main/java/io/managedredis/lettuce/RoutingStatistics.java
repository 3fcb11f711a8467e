package io.managedredis.lettuce;

import java.util.List;

/**
 * What the connections to one database have done so far.
 *
 * @param fallbacks reads that a replica could not serve and another endpoint was asked for
 * @param readsKeptFromStaleness reads sent to the primary because the replica was not proven to be current enough
 * @param regions each region that is used, the primary's first
 */
public record RoutingStatistics(long fallbacks, long readsKeptFromStaleness, List<RegionStatistics> regions) {

    /** Copies the list. */
    public RoutingStatistics {
        regions = List.copyOf(regions);
    }
}
