package io.managedredis.benchmarks.stats;

/**
 * Where a value lies with a confidence of 95 %.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {

    /** Whether the value is in it. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
