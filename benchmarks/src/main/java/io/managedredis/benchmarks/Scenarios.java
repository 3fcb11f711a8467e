package io.managedredis.benchmarks;

import io.managedredis.benchmarks.Plan.Step;
import io.managedredis.benchmarks.command.CommandPath;
import io.managedredis.benchmarks.consistency.StaleReads;
import io.managedredis.benchmarks.endtoend.EndToEnd;
import io.managedredis.benchmarks.faults.Faults;
import io.managedredis.benchmarks.geography.Geography;
import io.managedredis.benchmarks.growth.Growth;
import io.managedredis.benchmarks.management.Management;
import io.managedredis.benchmarks.service.GatewayThroughput;
import io.managedredis.benchmarks.service.ServiceStart;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All scenarios, in the order they run, with the seconds they take on two cores: in full, in the smoke form, and once. */
final class Scenarios {

    private Scenarios() {}

    static List<Scenario> all() {
        return plan(Effort.FULL, id -> true).steps().stream()
                .map(Step::scenario)
                .toList();
    }

    static Plan plan(Effort effort, Predicate<String> wanted) {
        return new Plan(Stream.of(
                        step(new CommandPath(), effort, 660, 45, 10),
                        step(new EndToEnd(), effort, 360, 30, 15),
                        step(new Geography(), effort, 400, 60, 15),
                        step(new Faults(), effort, 170, 30, 10),
                        step(new StaleReads(), effort, 150, 15, 10),
                        step(new GatewayThroughput(), effort, 180, 15, 5),
                        step(new ServiceStart(), effort, 120, 15, 5),
                        step(new Management(), effort, 200, 20, 10),
                        step(new Growth(), effort, 160, 20, 10))
                .filter(step -> wanted.test(step.id()))
                .toList());
    }

    private static Step step(Scenario scenario, Effort effort, int full, int smoke, int once) {
        return new Step(scenario, Duration.ofSeconds(effort.choose(full, smoke, once)));
    }
}
