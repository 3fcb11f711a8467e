package io.managedredis.placement;

import java.time.Duration;
import java.util.Objects;

/**
 * How long commands of all regions travel.
 *
 * @param mean the mean over all commands
 * @param median the least time within which at least half of the commands are done
 */
public record Latency(Duration mean, Duration median) {

    /** Checks that nothing is missing. */
    public Latency {
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(median, "median");
    }
}
