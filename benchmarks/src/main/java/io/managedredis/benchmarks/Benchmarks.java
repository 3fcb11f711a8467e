package io.managedredis.benchmarks;

import io.managedredis.benchmarks.report.Report;
import io.managedredis.benchmarks.results.ResultsFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs the benchmarks and writes what they measured. The exit code says whether all of them ran, never how fast. */
public final class Benchmarks {

    private static final String PARTIAL = "partial";
    private static final int SECONDS_TO_CLEAN_UP = 15;

    private Benchmarks() {}

    /**
     * Runs all scenarios, or those asked for. A whole run is written to {@code <date>.json} and {@code latest.json}, and after
     * one in full the page about performance is written anew; anything less goes to {@code partial.json}.
     *
     * @param args {@code --smoke} for a short run, which judges nothing; {@code --once} for the shortest; {@code --results
     *     DIRECTORY} (default {@code benchmarks/results}, and {@code benchmarks/target/results} for short runs); {@code --only
     *     ID} for a single scenario (may be repeated); {@code --list} to list them; {@code --report} to write the page from the
     *     latest results and run nothing; {@code --docs DIRECTORY} for where the page goes (default {@code docs})
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
        PrintStream out = System.out;
        if (options.report()) {
            report(options, out);
            return;
        }
        Plan plan = Scenarios.plan(options.effort(), options::wants);
        out.print(plan.describe());
        if (options.list()) {
            return;
        }
        System.exit(run(plan, options, out) ? 0 : 1);
    }

    private static boolean run(Plan plan, Options options, PrintStream out) throws IOException {
        Run run = new Run(plan, options.effort(), out);
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch cleanedUp = new CountDownLatch(1);
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!ended.get()) {
                out.println("broken off");
                worker.interrupt();
                breakOff(run, cleanedUp, options, out);
            }
        }));
        boolean allRan;
        try {
            allRan = run.all();
        } catch (InterruptedException brokenOff) {
            // The shutdown hook, which waits for this, does the rest.
            cleanedUp.countDown();
            return false;
        }
        ended.set(true);
        if (!options.only().isEmpty()) {
            run.write(options.results(), PARTIAL);
            return allRan;
        }
        run.write(options.results(), LocalDate.now(ZoneOffset.UTC).toString(), ResultsFile.LATEST);
        if (options.effort().judges()) {
            report(options, out);
        }
        return allRan;
    }

    private static void report(Options options, PrintStream out) throws IOException {
        Path latest = options.results().resolve(ResultsFile.LATEST + ".json");
        out.println("written to "
                + Report.of(ResultsFile.read(latest), ResultsFile.readRun(latest))
                        .write(options.docs()));
    }

    /** Lets scenarios close what they opened, ends what they could not, and keeps what was measured. */
    private static void breakOff(Run run, CountDownLatch cleanedUp, Options options, PrintStream out) {
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        try {
            if (!cleanedUp.await(SECONDS_TO_CLEAN_UP, TimeUnit.SECONDS)) {
                out.println("not everything could be closed in time and is ended");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            run.write(options.results(), PARTIAL);
        } catch (IOException failed) {
            out.println("what was measured could not be written: " + failed);
        }
    }
}
