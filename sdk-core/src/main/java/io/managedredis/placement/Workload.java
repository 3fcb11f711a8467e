package io.managedredis.placement;

import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.pricing.MonthlyUsage;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What programs in each region send to a database. Immutable.
 *
 * @param loads what comes from each region, by its code
 */
public record Workload(Map<Region, RegionLoad> loads) {

    /** How long a month is where commands are counted: 30 days. */
    public static final Duration MONTH = Duration.ofDays(30);

    /**
     * Copies the map.
     *
     * @throws InvalidRequestException when nothing is sent from anywhere
     */
    public Workload {
        loads = Collections.unmodifiableMap(new TreeMap<>(loads));
        if (loads.values().stream().allMatch(load -> load.readsPerSecond() == 0 && load.writesPerSecond() == 0)) {
            throw new InvalidRequestException(
                    "workload", "the workload has no command", "reads or writes a second from one region or more");
        }
    }

    /** Begins a workload. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a workload from text: a line for each region with its code, reads a second and writes a second, separated by commas
     * or spaces, such as {@code ams,120,3}. Empty lines, what follows a {@code #}, and a heading {@code region,reads,writes}
     * are skipped; a region that is there twice adds up.
     *
     * @throws InvalidRequestException when the text is no such thing; the message names the line
     */
    public static Workload parse(String text) {
        return WorkloadText.parse(text);
    }

    /** Both together, as when each program has counted its own. */
    public Workload plus(Workload other) {
        Builder sum = builder();
        loads.forEach(sum::from);
        other.loads.forEach(sum::from);
        return sum.build();
    }

    /** The text that {@link #parse(String)} reads, a line for each region. */
    public String toText() {
        return WorkloadText.of(this);
    }

    /** The commands of 30 days. */
    public MonthlyUsage perMonth() {
        double reads = 0;
        double writes = 0;
        for (RegionLoad load : loads.values()) {
            reads += load.readsPerSecond();
            writes += load.writesPerSecond();
        }
        return MonthlyUsage.of(Math.round(writes * MONTH.toSeconds()), Math.round(reads * MONTH.toSeconds()));
    }

    /** Collects loads; those of one region add up. Not safe for use by several threads. */
    public static final class Builder {

        private final Map<Region, RegionLoad> loads = new TreeMap<>();

        private Builder() {}

        /** Adds what the programs in a region send. */
        public Builder from(Region region, RegionLoad load) {
            loads.merge(Objects.requireNonNull(region, "region"), load, RegionLoad::plus);
            return this;
        }

        /** Adds reads and writes a second from the region with this code. */
        public Builder from(String region, double readsPerSecond, double writesPerSecond) {
            return from(Region.of(region), new RegionLoad(readsPerSecond, writesPerSecond));
        }

        /**
         * Adds what a program in a region has counted.
         *
         * @param over how long it has counted, more than zero
         * @throws InvalidRequestException when a count is negative, or the time is not above zero
         */
        public Builder counted(Region region, long reads, long writes, Duration over) {
            if (over.isZero() || over.isNegative()) {
                throw new InvalidRequestException("over", "counting took " + over, "more than zero");
            }
            double seconds = over.toNanos() / 1e9;
            return from(region, new RegionLoad(reads / seconds, writes / seconds));
        }

        /**
         * The workload.
         *
         * @throws InvalidRequestException when nothing is sent from anywhere
         */
        public Workload build() {
            return new Workload(loads);
        }
    }
}
