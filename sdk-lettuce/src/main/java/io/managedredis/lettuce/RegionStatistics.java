package io.managedredis.lettuce;

import io.managedredis.Region;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one region has served so far, and how it is doing now.
 *
 * @param name the region, or null when the platform routes
 * @param primary whether it is the primary's
 * @param usable whether commands can go there, as far as is known
 * @param reads reads it has answered
 * @param others all other commands it has answered
 * @param roundTripAverage the moving average of PING, or null when none was measured lately
 * @param lagMeasured how long the last fence took from the primary to here, an upper bound of the replication lag; or null
 * @param stalenessBound how old its data can be at most; or null when that is not known
 */
public record RegionStatistics(
        @Nullable Region name,
        boolean primary,
        boolean usable,
        long reads,
        long others,
        @Nullable Duration roundTripAverage,
        @Nullable Duration lagMeasured,
        @Nullable Duration stalenessBound) {

    /** The region; empty when the platform routes. */
    public Optional<Region> region() {
        return Optional.ofNullable(name);
    }

    /** The moving average of PING; empty when none was measured lately. */
    public Optional<Duration> roundTrip() {
        return Optional.ofNullable(roundTripAverage);
    }

    /** The lag as measured last; empty for the primary, and before the first measurement. */
    public Optional<Duration> lag() {
        return Optional.ofNullable(lagMeasured);
    }

    /** How old its data can be at most; zero for the primary, empty when not known. */
    public Optional<Duration> staleness() {
        return Optional.ofNullable(stalenessBound);
    }
}
