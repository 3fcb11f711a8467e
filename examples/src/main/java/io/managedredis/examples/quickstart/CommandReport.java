package io.managedredis.examples.quickstart;

import io.managedredis.Region;
import io.managedredis.lettuce.CommandObserver;
import io.managedredis.lettuce.CompletedCommand;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints for each command which region answered and how long it took, and a line that sums up a phase. Thread safe. */
public final class CommandReport implements CommandObserver {

    private final PrintStream out;
    private final List<CompletedCommand> answered = new ArrayList<>();
    private String phase = "";

    /** A report that is printed to the stream. */
    public CommandReport(PrintStream out) {
        this.out = out;
    }

    /** Begins a phase. */
    public synchronized void start(String name) {
        phase = name;
        answered.clear();
        out.println();
    }

    @Override
    public synchronized void onCompleted(CompletedCommand command) {
        if (phase.isEmpty()) {
            return;
        }
        answered.add(command);
        out.printf(
                Locale.ROOT,
                "%4d  %-4s %-12s %8s%s%n",
                answered.size(),
                command.name(),
                "by " + regionOf(command),
                milliseconds(command.duration()),
                command.failure() == null ? "" : "  failed: " + command.failure());
    }

    /** Ends the phase and prints what it came to. */
    public synchronized void finish() {
        Map<String, List<Duration>> byRegion = answered.stream()
                .collect(Collectors.groupingBy(
                        CommandReport::regionOf,
                        TreeMap::new,
                        Collectors.mapping(CompletedCommand::duration, Collectors.toList())));
        byRegion.forEach((region, durations) -> out.printf(
                Locale.ROOT,
                "%d %s answered by %s, median %s%n",
                durations.size(),
                phase,
                region,
                milliseconds(median(durations))));
        phase = "";
    }

    private static String regionOf(CompletedCommand command) {
        return command.region().map(Region::code).orElse("the platform");
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted().toList().get(durations.size() / 2);
    }

    private static String milliseconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f ms", duration.toNanos() / 1e6);
    }
}
