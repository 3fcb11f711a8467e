package io.managedredis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values lie along a line. Logarithmic; zero has no logarithm, and so lies at the very beginning.
 *
 * @param low the smallest value above zero
 * @param high the largest
 * @param from where the line begins
 * @param to where it ends
 */
record Axis(double low, double high, double from, double to) {

    private static final int[] STEPS = {1, 2, 5};
    private static final int MOST_TICKS = 8;

    /** An axis with room for all of these. */
    static Axis over(List<Double> values, double from, double to) {
        double low =
                values.stream().filter(value -> value > 0).min(Double::compare).orElse(1.0);
        double high =
                values.stream().filter(value -> value > 0).max(Double::compare).orElse(10.0);
        double margin = Math.max(1.15, Math.pow(high / low, 0.05));
        boolean zero = values.stream().anyMatch(value -> value <= 0);
        // What lies at the beginning must be told from the smallest value above it.
        return new Axis(zero ? low / Math.pow(margin, 4) : low / margin, high * margin, from, to);
    }

    double at(double value) {
        if (value <= low) {
            return from;
        }
        return from + (to - from) * Math.log(value / low) / Math.log(high / low);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent++) {
            for (int step : STEPS) {
                double tick = step * Math.pow(10, exponent);
                if (tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        if (ticks.size() > MOST_TICKS) {
            ticks.removeIf(tick -> Math.abs(Math.log10(tick) - Math.rint(Math.log10(tick))) > 1e-9);
        }
        while (ticks.size() > MOST_TICKS) {
            List<Double> fewer = new ArrayList<>();
            for (int i = 0; i < ticks.size(); i += 2) {
                fewer.add(ticks.get(i));
            }
            ticks = fewer;
        }
        if (ticks.size() < 2) {
            return List.of(low, high);
        }
        return ticks;
    }
}
