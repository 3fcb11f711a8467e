package io.managedredis.benchmarks;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the command line asked for. No scenario named means all of them. */
record Options(Effort effort, Path results, Path docs, Set<String> only, boolean list, boolean report) {

    private static final String USAGE =
            "usage: benchmarks [--smoke | --once] [--results DIRECTORY] [--docs DIRECTORY] [--only SCENARIO]... [--list | --report]";

    static Options parse(String... args) {
        Effort effort = Effort.FULL;
        Optional<Path> results = Optional.empty();
        Set<String> only = new LinkedHashSet<>();
        Path docs = Path.of("docs");
        boolean list = false;
        boolean report = false;
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--smoke" -> effort = Effort.SMOKE;
                case "--once" -> effort = Effort.ONCE;
                case "--list" -> list = true;
                case "--report" -> report = true;
                case "--docs" -> docs = Path.of(valueOf(word, words));
                case "--results" -> results = Optional.of(Path.of(valueOf(word, words)));
                case "--only" -> only.add(known(valueOf(word, words)));
                default -> throw new IllegalArgumentException("'" + word + "' is not an option; " + USAGE);
            }
        }
        Path byDefault = effort.judges() || report
                ? Path.of("benchmarks", "results")
                : Path.of("benchmarks", "target", "results");
        return new Options(effort, results.orElse(byDefault), docs, only, list, report);
    }

    private static String valueOf(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value; " + USAGE);
        }
        return words.next();
    }

    private static String known(String id) {
        List<String> ids = Scenarios.all().stream().map(Scenario::id).toList();
        if (!ids.contains(id)) {
            throw new IllegalArgumentException("there is no scenario '" + id + "'; there are " + ids);
        }
        return id;
    }

    boolean wants(String id) {
        return only.isEmpty() || only.contains(id);
    }
}
