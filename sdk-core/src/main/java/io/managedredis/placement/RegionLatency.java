package io.managedredis.placement;

import io.managedredis.Region;
import java.time.Duration;
import java.util.Objects;

/**
 * How long commands from one region travel. All commands of a kind from one region take the same way, so that mean and median
 * are one number.
 *
 * @param from where the programs are
 * @param servedBy which region answers their reads
 * @param read from the program to that region and back
 * @param write from the program to the primary and back, by the way that the routing takes
 */
public record RegionLatency(Region from, Region servedBy, Duration read, Duration write) {

    /** Checks that nothing is missing. */
    public RegionLatency {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(servedBy, "servedBy");
        Objects.requireNonNull(read, "read");
        Objects.requireNonNull(write, "write");
    }
}
