package io.managedredis.benchmarks.report;

import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.stats.Interval;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ours and the peers of some results, by name. */
final class Series {

    private static final String OURS = "ours";

    private Series() {}

    /** Ours first, then every peer that one of the results has. */
    static List<String> of(List<Result> results) {
        Set<String> names = new LinkedHashSet<>(List.of(OURS));
        results.forEach(result -> names.addAll(result.peers().keySet()));
        return new ArrayList<>(names);
    }

    static @Nullable Double value(Result result, String name) {
        return name.equals(OURS)
                ? Double.valueOf(result.ours())
                : result.peers().get(name);
    }

    static @Nullable Interval interval(Result result, String name) {
        return name.equals(OURS)
                ? result.oursInterval()
                : result.peerIntervals().get(name);
    }
}
