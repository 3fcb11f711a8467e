package io.managedredis.benchmarks.stats;

import java.util.List;
import java.util.Random;

/** Where the median of what was measured lies, by bootstrap. */
public final class MedianInterval {

    private static final int RESAMPLES = 10_000;
    private static final double TAIL = 0.025;

    private MedianInterval() {}

    /**
     * The 95 % interval of the median.
     *
     * @param values what was measured, at least one
     * @param seed makes the bootstrap repeatable
     */
    public static Interval of(List<Double> values, long seed) {
        Random random = new Random(seed);
        double[] medians = new double[RESAMPLES];
        double[] drawn = new double[values.size()];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = values.get(random.nextInt(drawn.length));
            }
            medians[resample] = Samples.of(drawn).median();
        }
        Samples distribution = Samples.of(medians);
        return new Interval(distribution.quantile(TAIL), distribution.quantile(1 - TAIL));
    }
}
