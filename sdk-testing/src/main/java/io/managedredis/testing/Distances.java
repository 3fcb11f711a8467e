package io.managedredis.testing;

import io.managedredis.Region;
import io.managedredis.placement.RoundTrips;
import io.managedredis.testing.internal.catalog.RegionCatalog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How far regions are from each other. Half of a round trip is added to bytes on each way between two regions: between a
 * client and the region it calls, and between a replica and its primary.
 *
 * <p>Implementations must be thread safe, symmetric, and answer zero for a region and itself.
 */
@FunctionalInterface
public interface Distances {

    /**
     * How long a byte takes from one region to the other and back.
     *
     * @throws io.managedredis.error.InvalidRequestException when there is no such region
     */
    Duration roundTrip(Region from, Region to);

    /**
     * The default: {@link RoundTrips#estimate} for the regions' coordinates, which is 1 ms, and 2 ms for every 100 km of the
     * great circle. Madrid to Amsterdam takes 31 ms, Madrid to Tokyo 217 ms.
     */
    static Distances greatCircle() {
        RegionCatalog catalog = RegionCatalog.bundled();
        return (from, to) -> from.equals(to)
                ? Duration.ZERO
                : RoundTrips.estimate(
                        catalog.get(from).coordinates(), catalog.get(to).coordinates());
    }

    /** No distance between any two regions. */
    static Distances none() {
        return (from, to) -> Duration.ZERO;
    }

    /** Distances given one by one; pairs that are not given are as far apart as {@link #greatCircle()} says. */
    static Table table() {
        return new Table(Map.of(), greatCircle());
    }

    /** Distances given one by one. Immutable. */
    final class Table implements Distances {

        private final Map<Set<Region>, Duration> roundTrips;
        private final Distances others;

        private Table(Map<Set<Region>, Duration> roundTrips, Distances others) {
            this.roundTrips = roundTrips;
            this.others = others;
        }

        /**
         * This table with one more pair, the same in both directions.
         *
         * @throws IllegalArgumentException when the round trip is negative, or the regions are the same
         */
        public Table between(Region one, Region other, Duration roundTrip) {
            if (roundTrip.isNegative() || one.equals(other)) {
                throw new IllegalArgumentException("a round trip of " + roundTrip + " between " + one + " and " + other
                        + " is not possible: it is zero or more, between two regions");
            }
            Map<Set<Region>, Duration> more = new HashMap<>(roundTrips);
            more.put(Set.of(one, other), roundTrip);
            return new Table(Map.copyOf(more), others);
        }

        /** This table with other distances for the pairs that it does not have. */
        public Table otherwise(Distances distances) {
            return new Table(roundTrips, Objects.requireNonNull(distances, "distances"));
        }

        @Override
        public Duration roundTrip(Region from, Region to) {
            if (from.equals(to)) {
                return Duration.ZERO;
            }
            Duration given = roundTrips.get(Set.of(from, to));
            return given == null ? others.roundTrip(from, to) : given;
        }
    }
}
