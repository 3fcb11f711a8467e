package io.managedredis.benchmarks.management;

import io.managedredis.benchmarks.Effort;
import io.managedredis.benchmarks.Scenario;
import io.managedredis.benchmarks.results.Goal;
import io.managedredis.benchmarks.results.Place;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.service.ServiceProgram;
import io.managedredis.benchmarks.support.ChildJvm;
import io.managedredis.benchmarks.support.WorkerJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The management client beside the JDK's HTTP client and Jackson used by hand: the first answer of a fresh JVM, a call of a
 * warm one, a list of 100,000 databases in a heap of 64 MB, and 100 databases created at once.
 */
public final class Management implements Scenario {

    private static final String BY_HAND = "by hand";
    /** A program has a logging back end or not whichever way it calls; its start would hide what is compared. */
    private static final String NO_LOGGING = "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider";

    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String id() {
        return "management";
    }

    @Override
    public List<Result> run(Effort effort) throws Exception {
        List<Result> results = new ArrayList<>(coldStart(effort));
        results.add(warmCall(effort));
        results.addAll(lists(effort));
        results.addAll(longList(effort));
        results.add(creates(effort));
        return results;
    }

    private static List<Result> coldStart(Effort effort) throws IOException, InterruptedException {
        Turns sinceStart = new Turns();
        Turns sinceMain = new Turns();
        try (PagingProvider provider = PagingProvider.start(1)) {
            int rounds = effort.choose(41, 3, 1);
            for (int round = 0; round < rounds; round++) {
                for (String who : turns(round)) {
                    ChildJvm.Answer answer =
                            child("-Xmx256m").run(who, "find", provider.url().toString());
                    sinceStart.add(who, answer.sinceStart().toNanos() / NANOS_PER_MILLI);
                    sinceMain.add(who, nanosIn(answer) / NANOS_PER_MILLI);
                }
            }
        }
        return List.of(
                sinceStart
                        .result(
                                "management.cold-start",
                                "from the start of a fresh JVM to the first answer of the API, no logging back end")
                        .goal(Goal.ratioAtMost(1.15))
                        .build(),
                sinceMain
                        .result(
                                "management.cold-start.from-main",
                                "the same from the first line of main, without the start of the JVM itself")
                        .build());
    }

    private static Result warmCall(Effort effort) throws IOException {
        Turns perCall = new Turns();
        List<Double> asynchronously = new ArrayList<>();
        try (PagingProvider provider = PagingProvider.start(1);
                WorkerJvm ours = worker("ours", "warm", provider);
                WorkerJvm byHand = worker("by-hand", "warm", provider);
                WorkerJvm byHandAsync = worker("by-hand-async", "warm", provider)) {
            String warmUp = Integer.toString(effort.choose(8_000, 500, 1));
            ours.ask(warmUp);
            byHand.ask(warmUp);
            byHandAsync.ask(warmUp);
            String calls = Integer.toString(effort.choose(1_000, 200, 1));
            for (int round = 0; round < effort.rounds(); round++) {
                asynchronously.add(Double.parseDouble(byHandAsync.ask(calls)) / NANOS_PER_MILLI);
                for (String who : turns(round)) {
                    WorkerJvm worker = who.equals("ours") ? ours : byHand;
                    perCall.add(who, Double.parseDouble(worker.ask(calls)) / NANOS_PER_MILLI);
                }
            }
        }
        return perCall.result("management.warm-call", "one call of a warm JVM to an API on loopback")
                .peer("by hand with sendAsync", asynchronously)
                .note(
                        "calls of the SDK can be given up and have one time limit for all of an answer, for which the JDK's"
                                + " client has its asynchronous way only; that way itself is slower")
                .build();
    }

    private static List<Result> lists(Effort effort) throws IOException {
        List<Result> results = new ArrayList<>();
        for (int databases : effort == Effort.FULL ? List.of(1, 10, 100, 1_000, 10_000) : List.of(1, 100)) {
            Turns perList = new Turns();
            try (PagingProvider provider = PagingProvider.start(databases);
                    WorkerJvm ours = worker("ours", "warm-list", provider);
                    WorkerJvm byHand = worker("by-hand", "warm-list", provider)) {
                String lists = Integer.toString(Math.max(1, effort.choose(20_000, 1_000, 100) / (databases + 100)));
                for (int warmUp = 0; warmUp < effort.choose(10, 1, 0); warmUp++) {
                    ours.ask(lists);
                    byHand.ask(lists);
                }
                for (int round = 0; round < effort.rounds(); round++) {
                    for (String who : turns(round)) {
                        perList.add(
                                who,
                                Double.parseDouble((who.equals("ours") ? ours : byHand).ask(lists)) / NANOS_PER_MILLI);
                    }
                }
            }
            results.add(perList.result(
                            "management.list-" + databases, "a list of " + databases + " databases, 100 to a page")
                    .at(new Place("time to list", "databases", databases))
                    .build());
        }
        return results;
    }

    private static List<Result> longList(Effort effort) throws IOException, InterruptedException {
        int databases = effort.choose(100_000, 20_000, 1_000);
        Turns time = new Turns();
        Turns counted = new Turns();
        try (PagingProvider provider = PagingProvider.start(databases)) {
            int rounds = effort.choose(5, 1, 1);
            for (int round = 0; round < rounds; round++) {
                for (String who : turns(round)) {
                    ChildJvm.Answer answer =
                            child("-Xmx64m").run(who, "list", provider.url().toString());
                    time.add(who, nanosIn(answer) / NANOS_PER_MILLI);
                    counted.add(who, Double.parseDouble(answer.line().split(" ")[0]));
                }
            }
        }
        return List.of(
                Result.measured(
                                "management.long-list.databases",
                                "databases listed in a heap of 64 MB, 100 to a page",
                                "databases",
                                counted.of("ours"))
                        .goal(Goal.atLeast(databases))
                        .build(),
                time.result("management.long-list.time", "the time for " + databases + " databases in a heap of 64 MB")
                        .build());
    }

    private static Result creates(Effort effort) throws IOException {
        int count = effort.choose(100, 10, 2);
        Turns time = new Turns();
        try (WorkerJvm service = WorkerJvm.start(ServiceProgram.class);
                WorkerJvm ours = WorkerJvm.start(CreateProgram.class, "ours");
                WorkerJvm byHand = WorkerJvm.start(CreateProgram.class, "by-hand")) {
            String api = service.ask("api");
            int warmUps = effort.choose(1, 1, 0);
            for (int round = 0; round < warmUps + effort.choose(5, 2, 1); round++) {
                for (String who : turns(round)) {
                    WorkerJvm worker = who.equals("ours") ? ours : byHand;
                    double millis = Double.parseDouble(worker.ask(api + " " + count + " " + who + "-" + round + "-"));
                    service.ask("clear");
                    if (round >= warmUps) {
                        time.add(who, millis);
                    }
                }
            }
        }
        return time.result(
                        "management.creates-at-once",
                        count + " databases without replicas created at once through the API of the local service")
                .note(
                        "ours asks for the organization and the regions before each, by hand asks for the organization once")
                .build();
    }

    private static List<String> turns(int round) {
        return round % 2 == 0 ? List.of("ours", "by-hand") : List.of("by-hand", "ours");
    }

    private static ChildJvm child(String heap) {
        return ChildJvm.of(ManagementProgram.class, NO_LOGGING, heap);
    }

    private static WorkerJvm worker(String who, String call, PagingProvider provider) throws IOException {
        return WorkerJvm.start(
                ManagementProgram.class, who, call, provider.url().toString());
    }

    private static long nanosIn(ChildJvm.Answer answer) {
        return Long.parseLong(answer.line().split(" ")[1]);
    }

    /** What the two measured in turns, in milliseconds. */
    private static final class Turns {

        private final List<Double> ours = new ArrayList<>();
        private final List<Double> byHand = new ArrayList<>();

        void add(String who, double millis) {
            of(who).add(millis);
        }

        List<Double> of(String who) {
            return who.equals("ours") ? ours : byHand;
        }

        Result.Builder result(String id, String what) {
            return Result.measured(id, what, "ms", ours).peer(BY_HAND, byHand).against(BY_HAND);
        }
    }
}
