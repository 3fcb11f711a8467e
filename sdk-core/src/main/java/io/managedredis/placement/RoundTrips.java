package io.managedredis.placement;

import io.managedredis.Region;
import io.managedredis.RegionInfo;
import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How long a byte takes from one region to another and back.
 *
 * <p>Implementations are thread safe, symmetric, and answer zero for a region and itself.
 */
@FunctionalInterface
public interface RoundTrips {

    /**
     * The round trip between two regions.
     *
     * @throws InvalidRequestException when it is not known
     */
    Duration between(Region one, Region other);

    /**
     * An estimate from the coordinates that the provider gives: for each pair {@link #estimate(Coordinates, Coordinates)}.
     * Between regions of which it gives none, the round trip is not known; see {@link #with(Region, Region, Duration)}.
     *
     * @param regions as {@code client.regions().list()} gives them
     */
    static RoundTrips greatCircle(Collection<RegionInfo> regions) {
        Map<Region, Coordinates> known = new HashMap<>();
        for (RegionInfo region : regions) {
            if (region.latitude() != null && region.longitude() != null) {
                known.put(region.region(), new Coordinates(region.latitude(), region.longitude()));
            }
        }
        Map<Region, Coordinates> places = Map.copyOf(known);
        return (one, other) ->
                one.equals(other) ? Duration.ZERO : estimate(placeOf(one, places), placeOf(other, places));
    }

    /**
     * The estimate for two places: 1 ms, and 2 ms for every 100 km of the great circle between them. That is light in a fibre
     * that is laid half as long again as the great circle, rounded up. Madrid to Amsterdam takes 31 ms, Madrid to Tokyo 217 ms.
     */
    static Duration estimate(Coordinates one, Coordinates other) {
        return Duration.ofNanos(1_000_000 + Math.round(one.kilometresTo(other) * 20_000));
    }

    /**
     * These round trips with one that is known better, by measuring for example; the same in both directions.
     *
     * @throws InvalidRequestException when the round trip is negative, or the regions are the same
     */
    default RoundTrips with(Region one, Region other, Duration measured) {
        if (measured.isNegative() || one.equals(other)) {
            throw new InvalidRequestException(
                    "roundTrip",
                    "a round trip of " + measured + " between " + one + " and " + other + " is not possible",
                    "zero or more, between two regions");
        }
        Set<Region> pair = Set.of(one, other);
        return (from, to) -> !from.equals(to) && pair.equals(Set.of(from, to)) ? measured : between(from, to);
    }

    private static Coordinates placeOf(Region region, Map<Region, Coordinates> places) {
        Coordinates place = places.get(region);
        if (place == null) {
            throw new InvalidRequestException(
                    "region",
                    "it is not known where the region '" + region + "' is",
                    "a region with coordinates, or a measured round trip to each of the others");
        }
        return place;
    }
}
