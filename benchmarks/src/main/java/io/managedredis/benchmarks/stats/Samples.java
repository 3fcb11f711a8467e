package io.managedredis.benchmarks.stats;

import java.util.Arrays;
import java.util.List;

/** Numbers that were measured. Immutable. */
public final class Samples {

    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    /**
     * These numbers, in any order.
     *
     * @throws IllegalArgumentException when there is none, or one is not a finite number
     */
    public static Samples of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("not all of these are numbers: " + Arrays.toString(values));
        }
        return new Samples(sorted);
    }

    /** The same of a list. */
    public static Samples of(List<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** All of these in one. */
    public static Samples together(List<Samples> parts) {
        return of(parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.sorted))
                .toArray());
    }

    /** How many there are. */
    public int count() {
        return sorted.length;
    }

    /** The middle one, or half-way between the two in the middle. */
    public double median() {
        return quantile(0.5);
    }

    /** The value below which this share of the numbers lies, between neighbours by their distance. */
    public double quantile(double share) {
        double position = share * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
