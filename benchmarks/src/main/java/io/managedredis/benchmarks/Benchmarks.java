package io.managedredis.benchmarks;

import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.results.ResultsFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Runs the benchmarks and writes what they measured. The exit code says whether all of them ran, never how fast. */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs all scenarios, or those asked for.
     *
     * @param args {@code --smoke} for a short run, which judges nothing; {@code --results DIRECTORY} (default {@code
     *     benchmarks/results}, and {@code benchmarks/target/results} for short runs); {@code --only ID} for a single scenario
     *     (may be repeated); {@code --list} to list them
     */
    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException badUsage) {
            System.err.println(badUsage.getMessage());
            System.exit(2);
            return;
        }
        List<Scenario> scenarios = Scenarios.all().stream()
                .filter(scenario -> options.wants(scenario.id()))
                .toList();
        if (options.list()) {
            scenarios.forEach(scenario -> System.out.println(scenario.id()));
            return;
        }
        System.exit(run(scenarios, options, System.out) ? 0 : 1);
    }

    private static boolean run(List<Scenario> scenarios, Options options, PrintStream out) throws Exception {
        List<Result> results = new ArrayList<>();
        boolean allRan = true;
        for (Scenario scenario : scenarios) {
            Instant start = Instant.now();
            try {
                List<Result> measured = scenario.run(options.effort()).stream()
                        .map(result -> options.effort().judges() ? result : result.withoutGoal())
                        .toList();
                measured.forEach(out::println);
                results.addAll(measured);
            } catch (Exception broken) {
                allRan = false;
                out.println(scenario.id() + " did not run");
                broken.printStackTrace(out);
            }
            out.printf(
                    "-- %s took %d s%n",
                    scenario.id(), Duration.between(start, Instant.now()).toSeconds());
        }
        Path file = ResultsFile.write(options.results(), LocalDate.now(ZoneOffset.UTC), results);
        out.println("written to " + file);
        return allRan;
    }
}
