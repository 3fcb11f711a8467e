package io.managedredis.benchmarks.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * How two programs compare that were run in turns, A, B, A, B. Each pair ran close in time, so that what slows the machine
 * slows both; the ratio of a pair is therefore steadier than either number.
 *
 * @param median the median of the pairs' ratios
 * @param interval the 95 % interval of that median, by bootstrap over the pairs
 * @param pairs how many pairs there were
 */
public record PairedRatio(double median, Interval interval, int pairs) {

    /**
     * Compares measurements taken in turns.
     *
     * @param ours one number for each pair
     * @param theirs the other number of each pair, in the same order
     * @param seed makes the bootstrap repeatable
     * @throws IllegalArgumentException when there is no pair, or the lists differ in length
     */
    public static PairedRatio of(List<Double> ours, List<Double> theirs, long seed) {
        if (ours.size() != theirs.size()) {
            throw new IllegalArgumentException(ours.size() + " and " + theirs.size() + " measurements are not pairs");
        }
        List<Double> ratios = new ArrayList<>(ours.size());
        for (int pair = 0; pair < ours.size(); pair++) {
            ratios.add(ours.get(pair) / theirs.get(pair));
        }
        return new PairedRatio(Samples.of(ratios).median(), MedianInterval.of(ratios, seed), ratios.size());
    }

    /** Whether the two cannot be told apart: equality lies in the interval. */
    public boolean isNoDifference() {
        return interval.contains(1);
    }
}
