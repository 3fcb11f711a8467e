package io.managedredis.testing.internal;

import io.managedredis.Region;
import io.managedredis.testing.Vantage;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is to be seen of a database at one moment.
 *
 * @param regions its regions, the primary's first
 * @param callers clients by where they stand: the database's own regions, and wherever addresses were asked for
 */
public record Observation(List<Member> regions, List<Caller> callers) {

    /** Copies the lists. */
    public Observation {
        regions = List.copyOf(regions);
        callers = List.copyOf(callers);
    }

    /**
     * One region of the database.
     *
     * @param region the region
     * @param commands how many commands of clients it has taken since it was started, of those that plans count
     * @param connections how many clients are connected
     * @param down whether a fault refuses its clients
     * @param silent whether a fault holds back all bytes between it and its clients
     * @param replication how it follows the primary; nothing of the primary itself has to
     */
    public record Member(
            Region region, long commands, int connections, boolean down, boolean silent, Replication replication) {}

    /**
     * How a region follows the primary.
     *
     * @param behindBytes how much of the primary's stream it does not have yet; empty when a server did not answer
     * @param delay how long what it gets is under way: distance and faults, without jitter
     * @param paused whether a fault keeps it from getting any
     */
    public record Replication(OptionalLong behindBytes, Duration delay, boolean paused) {

        /** Of the primary itself. */
        public static final Replication NONE = new Replication(OptionalLong.of(0), Duration.ZERO, false);
    }

    /**
     * Clients that stand in one place.
     *
     * @param vantage where they stand
     * @param leadsTo the region that the single address leads to from there
     * @param roundTrips how far each region of the database is from there: distance and faults, without jitter
     */
    public record Caller(Vantage vantage, Region leadsTo, Map<Region, Duration> roundTrips) {

        /** Copies the map. */
        public Caller {
            roundTrips = Collections.unmodifiableMap(new LinkedHashMap<>(roundTrips));
        }
    }
}
