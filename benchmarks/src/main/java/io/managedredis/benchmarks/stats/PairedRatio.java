package io.managedredis.benchmarks.stats;

import java.util.List;
import java.util.Random;

/**
 * How two programs compare that were run in turns, A, B, A, B. Each pair ran close in time, so that what slows the machine
 * slows both; the ratio of a pair is therefore steadier than either number.
 *
 * @param median the median of the pairs' ratios
 * @param interval the 95 % interval of that median, by bootstrap over the pairs
 * @param pairs how many pairs there were
 */
public record PairedRatio(double median, Interval interval, int pairs) {

    private static final int RESAMPLES = 10_000;
    private static final double TAIL = 0.025;

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
        double[] ratios = new double[ours.size()];
        for (int pair = 0; pair < ratios.length; pair++) {
            ratios[pair] = ours.get(pair) / theirs.get(pair);
        }
        return new PairedRatio(Samples.of(ratios).median(), bootstrap(ratios, new Random(seed)), ratios.length);
    }

    private static Interval bootstrap(double[] ratios, Random random) {
        double[] medians = new double[RESAMPLES];
        double[] drawn = new double[ratios.length];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = ratios[random.nextInt(ratios.length)];
            }
            medians[resample] = Samples.of(drawn).median();
        }
        Samples distribution = Samples.of(medians);
        return new Interval(distribution.quantile(TAIL), distribution.quantile(1 - TAIL));
    }

    /** Whether the two cannot be told apart: equality lies in the interval. */
    public boolean isNoDifference() {
        return interval.contains(1);
    }
}
