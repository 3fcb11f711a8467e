package io.managedredis.benchmarks.results;

import io.managedredis.benchmarks.stats.Interval;
import io.managedredis.benchmarks.stats.MedianInterval;
import io.managedredis.benchmarks.stats.PairedRatio;
import io.managedredis.benchmarks.stats.Samples;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was measured for us and the peers in the same run; made by {@link #measured}. Immutable.
 *
 * @param id names the result for good, such as {@code management.cold-start}
 * @param what says in words what was measured
 * @param unit of our number and the peers'
 * @param ours our median
 * @param oursInterval where it lies, or null after a single run
 * @param peers the median of each peer, by name
 * @param peerIntervals where those lie that were run more than once
 * @param against the peer that the ratio is to, or null
 * @param ratio ours divided by that peer's, over pairs of runs; or null when the runs of the two are not pairs
 * @param interval where the ratio lies, or null
 * @param goal what it should reach, in words, or null
 * @param met whether it does; null without a goal, and when it is not to be judged
 * @param runs how many runs of ours the numbers come from
 * @param note what a reader must know beside, or null
 * @param place where it stands on a curve, or null
 */
public record Result(
        String id,
        String what,
        String unit,
        double ours,
        @Nullable Interval oursInterval,
        Map<String, Double> peers,
        Map<String, Interval> peerIntervals,
        @Nullable String against,
        @Nullable Double ratio,
        @Nullable Interval interval,
        @Nullable String goal,
        @Nullable Boolean met,
        int runs,
        @Nullable String note,
        @Nullable Place place) {

    private static final long BOOTSTRAP_SEED = 20_261_123L;

    /** Copies the maps. */
    public Result {
        peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
        peerIntervals = Collections.unmodifiableMap(new LinkedHashMap<>(peerIntervals));
    }

    /**
     * Starts a result.
     *
     * @param id names it for good, such as {@code management.cold-start}
     * @param what says in words what was measured
     * @param unit of the numbers, such as {@code ms}
     * @param ours our number of each run
     */
    public static Builder measured(String id, String what, String unit, List<Double> ours) {
        return new Builder(id, what, unit, ours);
    }

    /** Whether the ratio cannot be told from 1. */
    public boolean isNoDifference() {
        return interval != null && interval.contains(1);
    }

    /** The same without saying whether the goal is met, for numbers that are too rough to be judged. */
    public Result withoutVerdict() {
        return new Result(
                id,
                what,
                unit,
                ours,
                oursInterval,
                peers,
                peerIntervals,
                against,
                ratio,
                interval,
                goal,
                null,
                runs,
                note,
                place);
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-46s %12.3f %s", id, ours, unit));
        peers.forEach((name, value) -> line.append(String.format(Locale.ROOT, ", %s %.3f", name, value)));
        if (ratio != null && interval != null) {
            line.append(String.format(
                    Locale.ROOT, ", ratio to %s %.3f [%.3f, %.3f]", against, ratio, interval.low(), interval.high()));
        }
        if (goal != null) {
            line.append(", goal ").append(goal).append(met == null ? "" : met ? ": met" : ": MISSED");
        }
        return note == null ? line.toString() : line + " (" + note + ")";
    }

    /** Collects a result. Not safe for use by several threads. */
    public static final class Builder {

        private final String id;
        private final String what;
        private final String unit;
        private final List<Double> ours;
        private final Map<String, List<Double>> peers = new LinkedHashMap<>();
        private @Nullable String against;
        private @Nullable Goal goal;
        private @Nullable String note;
        private @Nullable Place place;
        private int runs;

        private Builder(String id, String what, String unit, List<Double> ours) {
            this.id = Objects.requireNonNull(id, "id");
            this.what = Objects.requireNonNull(what, "what");
            this.unit = Objects.requireNonNull(unit, "unit");
            this.ours = List.copyOf(ours);
            this.runs = ours.size();
        }

        /** How many runs there were, where one number stands for several. Default: one a number. */
        public Builder runs(int count) {
            this.runs = count;
            return this;
        }

        /** Adds a peer's numbers, one for each run. */
        public Builder peer(String name, List<Double> values) {
            peers.put(name, List.copyOf(values));
            return this;
        }

        /** The peer to compare with; its runs are paired with ours. */
        public Builder against(String peer) {
            this.against = peer;
            return this;
        }

        /** What it should reach. */
        public Builder goal(Goal value) {
            this.goal = value;
            return this;
        }

        /** What a reader must know beside the numbers. */
        public Builder note(String text) {
            this.note = text;
            return this;
        }

        /** Makes it a point of a curve. */
        public Builder at(Place where) {
            this.place = where;
            return this;
        }

        private @Nullable PairedRatio ratio() {
            List<Double> theirs = against == null ? null : peers.get(against);
            boolean comparable = theirs != null && theirs.stream().allMatch(value -> value > 0);
            return comparable ? PairedRatio.of(ours, Objects.requireNonNull(theirs), BOOTSTRAP_SEED) : null;
        }

        /**
         * The result.
         *
         * @throws IllegalArgumentException when nothing was measured, or the peer to compare with has not as many runs
         */
        public Result build() {
            Map<String, Double> medians = new LinkedHashMap<>();
            Map<String, Interval> intervals = new LinkedHashMap<>();
            peers.forEach((name, values) -> {
                medians.put(name, median(values));
                if (values.size() > 1) {
                    intervals.put(name, MedianInterval.of(values, BOOTSTRAP_SEED));
                }
            });
            double median = median(ours);
            PairedRatio ratio = ratio();
            return new Result(
                    id,
                    what,
                    unit,
                    median,
                    ours.size() > 1 ? MedianInterval.of(ours, BOOTSTRAP_SEED) : null,
                    medians,
                    intervals,
                    ratio == null ? null : against,
                    ratio == null ? null : ratio.median(),
                    // A single pair says nothing of where the ratio lies.
                    ratio == null || ratio.pairs() < 2 ? null : ratio.interval(),
                    goal == null ? null : goal.toString(),
                    goal == null ? null : goal.isMetBy(median, ratio),
                    runs,
                    note,
                    place);
        }

        private static double median(List<Double> values) {
            return Samples.of(values).median();
        }
    }
}
