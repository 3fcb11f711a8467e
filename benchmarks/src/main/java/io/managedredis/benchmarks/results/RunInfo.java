package io.managedredis.benchmarks.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The run that results come from. Immutable.
 *
 * @param date the day it ended, in UTC
 * @param effort {@code full}, {@code smoke} or {@code once}
 * @param machine what it ran on: kind by kind, without names
 * @param versions of all that was compared, by name
 * @param seconds how long each scenario took, by its id
 * @param broken the scenarios that did not run to their end
 */
public record RunInfo(
        String date,
        String effort,
        Map<String, String> machine,
        Map<String, String> versions,
        Map<String, Double> seconds,
        List<String> broken) {

    /** Copies the collections. */
    public RunInfo {
        machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
        broken = List.copyOf(broken);
    }

    /** Whether its numbers are good enough to hold them against goals. */
    public boolean isFull() {
        return effort.equals("full");
    }
}
