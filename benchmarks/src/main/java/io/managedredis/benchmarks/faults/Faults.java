package io.managedredis.benchmarks.faults;

import io.managedredis.benchmarks.Effort;
import io.managedredis.benchmarks.Scenario;
import io.managedredis.benchmarks.faults.Reader.Session;
import io.managedredis.benchmarks.results.Goal;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.stats.Samples;
import io.managedredis.benchmarks.support.CommandCounts;
import io.managedredis.benchmarks.support.RedisGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What readers notice when the local replica fails and comes back: reads that fail, how long others wait, and when the replica
 * is used again. All readers read at once and so meet the same fault.
 */
public final class Faults implements Scenario {

    private static final Duration LONGEST_RETURN = Duration.ofSeconds(20);
    private static final int POLL_MILLIS = 50;
    private static final double LONGEST_STALL_MILLIS = 1_000;
    private static final double USED_AGAIN_SECONDS = 5;

    @Override
    public String id() {
        return "faults";
    }

    @Override
    public List<Result> run(Effort effort) throws Exception {
        List<Result> results = new ArrayList<>();
        try (RedisGroup redis = RedisGroup.start(1);
                FaultRelay relay = FaultRelay.start(redis.replicaPorts().get(0))) {
            for (FaultKind fault : FaultKind.values()) {
                if (effort != Effort.ONCE || fault == FaultKind.CUT) {
                    results.addAll(new Measurement(redis, relay, fault, effort).run());
                }
            }
        }
        return results;
    }

    /** One kind of fault. */
    private static final class Measurement {

        private final RedisGroup redis;
        private final FaultRelay relay;
        private final FaultKind fault;
        private final Effort effort;
        private final Duration lasting;
        private final int rounds;
        private final Map<Reader, Observed> observed = new EnumMap<>(Reader.class);

        Measurement(RedisGroup redis, FaultRelay relay, FaultKind fault, Effort effort) {
            this.redis = redis;
            this.relay = relay;
            this.fault = fault;
            this.effort = effort;
            this.lasting = Duration.ofMillis(effort.choose(5_000, 2_000, 100));
            this.rounds = effort.choose(3, 1, 1);
            for (Reader reader : Reader.values()) {
                observed.put(reader, new Observed());
            }
        }

        List<Result> run() throws IOException, InterruptedException {
            for (int round = 0; round < rounds; round++) {
                round();
            }
            String when = " when the local replica " + fault.label(lasting) + "; each reader reads "
                    + ReadLoad.READS_A_SECOND + " times a second and waits "
                    + ReadLoad.TIMEOUT.toSeconds() + " s at most";
            return List.of(
                    result("failed-reads", "reads that failed" + when, "reads", each -> each.failed)
                            .goal(Goal.atMost(0))
                            .build(),
                    result("longest-stall", "the longest that a read waited" + when, "ms", each -> each.waits(1))
                            .build(),
                    result("p99.9-stall", "p99.9 of the time that reads waited" + when, "ms", each -> each.waits(0.999))
                            .goal(Goal.atMost(LONGEST_STALL_MILLIS))
                            .build(),
                    result(
                                    "used-again",
                                    "from the end of the fault until the replica serves reads again, the longest of all"
                                            + " rounds," + when,
                                    "s",
                                    each -> each.usedAgain)
                            .goal(Goal.atMost(USED_AGAIN_SECONDS))
                            .note("not within " + LONGEST_RETURN.toSeconds() + " s counts as that")
                            .build());
        }

        private void round() throws IOException, InterruptedException {
            int direct = redis.replicaPorts().get(0);
            int port = fault.isOfTheNetwork() ? relay.port() : direct;
            Map<Reader, Session> sessions = new EnumMap<>(Reader.class);
            try {
                for (Reader reader : Reader.values()) {
                    sessions.put(reader, reader.open(redis.primaryPort(), port));
                }
                Duration before = Duration.ofMillis(effort.choose(1_500, 1_000, 300));
                ReadLoad load = ReadLoad.start(
                        sessions, before.plus(lasting).plus(LONGEST_RETURN).plusSeconds(5));
                TimeUnit.NANOSECONDS.sleep(before.toNanos());
                fault.begin(redis, relay);
                try {
                    TimeUnit.NANOSECONDS.sleep(lasting.toNanos());
                } finally {
                    fault.end(redis, relay);
                }
                Map<Reader, Double> again = secondsUntilUsed(new CommandCounts(direct));
                load.end()
                        .forEach((reader, outcome) ->
                                of(reader).add(outcome, Objects.requireNonNull(again.get(reader))));
            } finally {
                for (Session session : sessions.values()) {
                    session.close();
                }
            }
            redis.awaitSync();
        }

        /**
         * When the replica's own counts grow at the readers' pace. Much more at once is what was stuck in sockets, which says
         * nothing of what a reader does now.
         */
        private static Map<Reader, Double> secondsUntilUsed(CommandCounts replica) throws InterruptedException {
            String[] commands =
                    Arrays.stream(Reader.values()).map(Reader::command).toArray(String[]::new);
            Map<Reader, Double> seconds = new EnumMap<>(Reader.class);
            long start = System.nanoTime();
            long[] last = null;
            long lastAt = start;
            while (seconds.size() < commands.length && System.nanoTime() - start < LONGEST_RETURN.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                try {
                    long[] counts = replica.of(commands);
                    long now = System.nanoTime();
                    double expected = (now - lastAt) / 1e9 * ReadLoad.READS_A_SECOND;
                    for (Reader reader : Reader.values()) {
                        double grown = last == null ? 0 : counts[reader.ordinal()] - last[reader.ordinal()];
                        if (grown > expected / 2 && grown < expected * 2) {
                            seconds.putIfAbsent(reader, (now - start) / 1e9);
                        }
                    }
                    last = counts;
                    lastAt = now;
                } catch (IOException notYet) {
                    last = null;
                }
            }
            for (Reader reader : Reader.values()) {
                seconds.putIfAbsent(reader, (double) LONGEST_RETURN.toSeconds());
            }
            return seconds;
        }

        private Observed of(Reader reader) {
            return Objects.requireNonNull(observed.get(reader));
        }

        private Result.Builder result(String kind, String what, String unit, ToDoubleFunction<Observed> value) {
            Result.Builder result = Result.measured(
                            "faults." + fault.id() + "." + kind,
                            what,
                            unit,
                            List.of(value.applyAsDouble(of(Reader.OURS))))
                    .runs(rounds);
            observed.forEach((reader, each) -> {
                if (reader != Reader.OURS) {
                    result.peer(reader.label(), List.of(value.applyAsDouble(each)));
                }
            });
            return result;
        }
    }

    /** What one reader met in all rounds. */
    private static final class Observed {

        private final List<Double> millis = new ArrayList<>();
        private double failed;
        private double usedAgain;

        void add(ReadLoad.Outcome outcome, double secondsUntilUsedAgain) {
            millis.addAll(outcome.millis());
            failed += outcome.failed();
            usedAgain = Math.max(usedAgain, secondsUntilUsedAgain);
        }

        double waits(double share) {
            return Samples.of(millis).quantile(share);
        }
    }
}
