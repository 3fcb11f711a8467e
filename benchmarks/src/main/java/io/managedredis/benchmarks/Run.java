package io.managedredis.benchmarks;

import io.managedredis.benchmarks.Plan.Step;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.results.ResultsFile;
import io.managedredis.benchmarks.results.RunInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One run through a plan, with what it has measured so far. Safe for use by several threads. */
final class Run {

    private static final int SECONDS_BETWEEN_SIGNS_OF_LIFE = 30;

    private final Plan plan;
    private final Effort effort;
    private final PrintStream out;
    private final List<Result> results = new ArrayList<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<String> broken = new ArrayList<>();

    Run(Plan plan, Effort effort, PrintStream out) {
        this.plan = plan;
        this.effort = effort;
        this.out = out;
    }

    /**
     * Runs all scenarios; one that breaks does not keep the others from running.
     *
     * @return whether none broke
     * @throws InterruptedException when the run was broken off
     */
    boolean all() throws InterruptedException {
        Instant start = Instant.now();
        int number = 0;
        for (Step step : plan.steps()) {
            number++;
            out.printf(
                    "[%d/%d] %s, about %s; %s of about %s gone%n",
                    number,
                    plan.steps().size(),
                    step.id(),
                    Plan.minutes(step.expected()),
                    Plan.minutes(Duration.between(start, Instant.now())),
                    Plan.minutes(plan.expected()));
            one(step);
            if (Thread.interrupted()) {
                throw new InterruptedException("the run was broken off");
            }
        }
        synchronized (this) {
            return broken.isEmpty();
        }
    }

    private void one(Step step) throws InterruptedException {
        Instant start = Instant.now();
        ScheduledExecutorService signs = signsOfLife(step, start);
        try {
            List<Result> measured = step.scenario().run(effort).stream()
                    .map(result -> effort.judges() ? result : result.withoutVerdict())
                    .toList();
            measured.forEach(out::println);
            synchronized (this) {
                results.addAll(measured);
            }
        } catch (InterruptedException brokenOff) {
            throw brokenOff;
        } catch (Exception failed) {
            out.println(step.id() + " did not run to its end");
            failed.printStackTrace(out);
            synchronized (this) {
                broken.add(step.id());
            }
        } finally {
            signs.shutdownNow();
            Duration took = Duration.between(start, Instant.now());
            out.printf("-- %s took %s%n", step.id(), Plan.minutes(took));
            synchronized (this) {
                seconds.put(step.id(), took.toMillis() / 1e3);
            }
        }
    }

    private ScheduledExecutorService signsOfLife(Step step, Instant start) {
        ScheduledExecutorService signs = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "signs-of-life");
            thread.setDaemon(true);
            return thread;
        });
        signs.scheduleAtFixedRate(
                () -> out.printf(
                        "   %s: %s of about %s%n",
                        step.id(), Plan.minutes(Duration.between(start, Instant.now())), Plan.minutes(step.expected())),
                SECONDS_BETWEEN_SIGNS_OF_LIFE,
                SECONDS_BETWEEN_SIGNS_OF_LIFE,
                TimeUnit.SECONDS);
        return signs;
    }

    synchronized RunInfo info() throws IOException {
        return new RunInfo(
                LocalDate.now(ZoneOffset.UTC).toString(),
                effort.label(),
                Surroundings.machine(),
                Surroundings.versions(),
                seconds,
                broken);
    }

    /** Writes what there is under each of these names. */
    synchronized void write(Path directory, String... names) throws IOException {
        for (String name : names) {
            out.println("written to " + ResultsFile.write(directory, name, results, info()));
        }
    }
}
