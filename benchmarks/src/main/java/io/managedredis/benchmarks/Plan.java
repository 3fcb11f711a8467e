package io.managedredis.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * What is run, in this order.
 *
 * @param steps each scenario with the time it is expected to take
 */
record Plan(List<Step> steps) {

    Plan {
        steps = List.copyOf(steps);
    }

    /**
     * A scenario.
     *
     * @param scenario what is run
     * @param expected how long it takes on two cores
     */
    record Step(Scenario scenario, Duration expected) {

        String id() {
            return scenario.id();
        }
    }

    Duration expected() {
        return steps.stream().map(Step::expected).reduce(Duration.ZERO, Duration::plus);
    }

    String describe() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(String.format("  %-16s about %s%n", step.id(), minutes(step.expected())));
        }
        return text.append(String.format("  %-16s about %s%n", "all", minutes(expected())))
                .toString();
    }

    static String minutes(Duration time) {
        return String.format("%d:%02d min", time.toMinutes(), time.toSecondsPart());
    }
}
