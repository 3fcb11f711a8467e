package io.managedredis.benchmarks.results;

import io.managedredis.benchmarks.stats.PairedRatio;
import io.managedredis.benchmarks.stats.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that was measured for us and the peers in the same run. Immutable; made by {@link #measured}. */
public final class Result {

    private static final long BOOTSTRAP_SEED = 20_261_123L;

    private final String id;
    private final String what;
    private final String unit;
    private final double ours;
    private final Map<String, Double> peers;
    private final @Nullable String against;
    private final @Nullable PairedRatio ratio;
    private final @Nullable Goal goal;
    private final int runs;

    private Result(Result judged) {
        this.id = judged.id;
        this.what = judged.what;
        this.unit = judged.unit;
        this.ours = judged.ours;
        this.peers = judged.peers;
        this.against = judged.against;
        this.ratio = judged.ratio;
        this.goal = null;
        this.runs = judged.runs;
    }

    private Result(Builder builder) {
        this.id = builder.id;
        this.what = builder.what;
        this.unit = builder.unit;
        this.ours = median(builder.ours);
        this.runs = builder.ours.size();
        Map<String, Double> medians = new LinkedHashMap<>();
        builder.peers.forEach((name, values) -> medians.put(name, median(values)));
        this.peers = medians;
        this.against = builder.against;
        this.ratio = builder.ratio();
        this.goal = builder.goal;
    }

    private static double median(List<Double> values) {
        return Samples.of(values.stream().mapToDouble(Double::doubleValue).toArray())
                .median();
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

    /** Names the result for good. */
    public String id() {
        return id;
    }

    /** What was measured, in words. */
    public String what() {
        return what;
    }

    /** The unit of our number and the peers'. */
    public String unit() {
        return unit;
    }

    /** Our median. */
    public double ours() {
        return ours;
    }

    /** The median of each peer, by name. */
    public Map<String, Double> peers() {
        return new LinkedHashMap<>(peers);
    }

    /** The peer that the ratio is to. */
    public Optional<String> against() {
        return Optional.ofNullable(against);
    }

    /** Ours divided by the peer's, over pairs of runs; empty when the runs of the two are not pairs. */
    public Optional<PairedRatio> ratio() {
        return Optional.ofNullable(ratio);
    }

    /** What it should reach. */
    public Optional<Goal> goal() {
        return Optional.ofNullable(goal);
    }

    /** Whether it reaches its goal; empty when it has none. */
    public Optional<Boolean> met() {
        return goal().map(this::reaches);
    }

    private boolean reaches(Goal someGoal) {
        return someGoal.subject() == Goal.Subject.OURS
                ? someGoal.isMetBy(ours)
                : ratio != null && someGoal.isMetBy(ratio.median());
    }

    /** The same without a goal, for numbers that are too rough to be judged. */
    public Result withoutGoal() {
        return new Result(this);
    }

    /** How many runs of ours the numbers come from. */
    public int runs() {
        return runs;
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(String.format("%-46s %12.3f %s", id, ours, unit));
        peers.forEach((name, value) -> line.append(String.format(", %s %.3f", name, value)));
        ratio().ifPresent(r -> line.append(String.format(
                ", ratio to %s %.3f [%.3f, %.3f]",
                against, r.median(), r.interval().low(), r.interval().high())));
        goal().ifPresent(g -> line.append(", goal " + g + (met().orElse(false) ? ": met" : ": MISSED")));
        return line.toString();
    }

    /** Collects a result. Not safe for use by many threads. */
    public static final class Builder {

        private final String id;
        private final String what;
        private final String unit;
        private final List<Double> ours;
        private final Map<String, List<Double>> peers = new LinkedHashMap<>();
        private @Nullable String against;
        private @Nullable Goal goal;

        private Builder(String id, String what, String unit, List<Double> ours) {
            this.id = Objects.requireNonNull(id, "id");
            this.what = Objects.requireNonNull(what, "what");
            this.unit = Objects.requireNonNull(unit, "unit");
            this.ours = List.copyOf(ours);
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
            return new Result(this);
        }
    }
}
