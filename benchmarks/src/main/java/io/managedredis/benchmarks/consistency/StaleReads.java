package io.managedredis.benchmarks.consistency;

import io.lettuce.core.RedisFuture;
import io.managedredis.benchmarks.Effort;
import io.managedredis.benchmarks.Scenario;
import io.managedredis.benchmarks.consistency.Reader.Session;
import io.managedredis.benchmarks.results.Goal;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.support.CommandCounts;
import io.managedredis.benchmarks.support.RedisGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads of what the same connection wrote just before, while the replica is up to 500 ms behind and while it gets nothing at
 * all; and how many reads of other keys the replica still serves.
 */
public final class StaleReads implements Scenario {

    private static final int BATCH = 128;
    private static final int PRIMARY_MILLIS = 2;
    private static final int KEYS = 20_000;
    private static final int OTHER_READS_FOR_A_WRITE = 19;
    private static final int WRITES_A_SECOND = 1_000;
    private static final double MILLION = 1e6;

    @Override
    public String id() {
        return "consistency";
    }

    @Override
    public List<Result> run(Effort effort) throws Exception {
        List<LagRelay> relays = new ArrayList<>();
        try (RedisGroup redis = RedisGroup.start(1, primaryPort -> {
                    relays.add(LagRelay.start(primaryPort, 1));
                    return relays.get(0).port();
                });
                LagRelay farPrimary = LagRelay.start(redis.primaryPort(), 2)) {
            // Nearest must mean the replica.
            farPrimary.lagOf(PRIMARY_MILLIS, TimeUnit.MILLISECONDS);
            return measure(redis, relays.get(0), farPrimary, effort);
        } finally {
            for (LagRelay relay : relays) {
                relay.close();
            }
        }
    }

    private static List<Result> measure(RedisGroup redis, LagRelay relay, LagRelay farPrimary, Effort effort)
            throws Exception {
        Measured lagging = new Measured();
        Measured paused = new Measured();
        Measured local = new Measured();
        Measured fences = new Measured();
        int replicaPort = redis.replicaPorts().get(0);
        CommandCounts primary = new CommandCounts(redis.primaryPort());
        CommandCounts replica = new CommandCounts(replicaPort);
        for (Reader reader : Reader.values()) {
            relay.lagUpTo(0, TimeUnit.MILLISECONDS);
            try (Session session = reader.open(farPrimary.port(), replicaPort)) {
                relay.lagUpTo(500, TimeUnit.MILLISECONDS);
                lagging.add(reader, staleInAMillion(session, reader + " late ", ownReads(reader, effort)));
                local.add(reader, localShare(session, replica, primary, fences, reader, effort));
                relay.pause(true);
                paused.add(reader, staleInAMillion(session, reader + " paused ", effort.choose(20_000, 2_000, 200)));
            } finally {
                relay.pause(false);
            }
        }
        if (paused.of(Reader.BY_HAND) == 0) {
            throw new IllegalStateException(
                    "reads from a replica that gets nothing were not stale: nothing was measured");
        }
        return List.of(
                lagging.result(
                                "consistency.lag.stale-own-reads",
                                "reads in a million that missed the connection's own write before, replica 0 to 500 ms behind",
                                "in a million")
                        .goal(Goal.atMost(0))
                        .build(),
                paused.result(
                                "consistency.paused.stale-own-reads",
                                "reads in a million that missed the connection's own write before, replication paused",
                                "in a million")
                        .goal(Goal.atMost(0))
                        .build(),
                local.result(
                                "consistency.lag.local-reads",
                                "reads of keys not written that the replica served, 5 % writes, " + WRITES_A_SECOND
                                        + " a second, replica 0 to 500 ms behind",
                                "%")
                        .goal(Goal.atLeast(95))
                        .build(),
                fences.result(
                                "consistency.lag.fences",
                                "commands sent to prove writes, for each write, at " + WRITES_A_SECOND
                                        + " writes a second",
                                "commands")
                        .build());
    }

    private static int ownReads(Reader reader, Effort effort) {
        return reader == Reader.OURS ? effort.choose(1_000_000, 20_000, 200) : effort.choose(20_000, 2_000, 200);
    }

    /** Writes keys and reads each at once, also before the write was answered. The prefix makes values new. */
    private static double staleInAMillion(Session session, String prefix, int reads)
            throws InterruptedException, ExecutionException {
        long stale = 0;
        List<RedisFuture<String>> answers = new ArrayList<>(BATCH);
        for (int done = 0; done < reads; done += BATCH) {
            answers.clear();
            for (int i = 0; i < BATCH; i++) {
                String key = "own:" + (done + i) % KEYS;
                session.writes().set(key, prefix + (done + i));
                answers.add(session.reads().get(key));
            }
            for (int i = 0; i < BATCH; i++) {
                stale += (prefix + (done + i)).equals(answers.get(i).get()) ? 0 : 1;
            }
        }
        return stale * MILLION / (Math.ceil(reads / (double) BATCH) * BATCH);
    }

    /** The share of other keys' reads that the replica serves at a steady rate; own reads are told apart by their command. */
    private static double localShare(
            Session session,
            CommandCounts replica,
            CommandCounts primary,
            Measured fences,
            Reader reader,
            Effort effort)
            throws IOException, InterruptedException, ExecutionException {
        int writes = effort.choose(8_000, 1_000, 50);
        long localBefore = replica.of("strlen")[0];
        long fencesBefore = primary.of("publish")[0];
        long start = System.nanoTime();
        List<RedisFuture<?>> answers = new ArrayList<>();
        for (int write = 0; write < writes; write++) {
            LockSupport.parkNanos(start + write * (TimeUnit.SECONDS.toNanos(1) / WRITES_A_SECOND) - System.nanoTime());
            answers.add(session.writes().set("own:" + write % KEYS, "v" + write));
            for (int other = 0; other < OTHER_READS_FOR_A_WRITE; other++) {
                answers.add(session.reads().strlen("other:" + (write * OTHER_READS_FOR_A_WRITE + other) % KEYS));
            }
            if (answers.size() >= 10 * BATCH) {
                await(answers);
            }
        }
        await(answers);
        fences.add(reader, (primary.of("publish")[0] - fencesBefore) / (double) writes);
        return 100.0 * (replica.of("strlen")[0] - localBefore) / ((long) writes * OTHER_READS_FOR_A_WRITE);
    }

    private static void await(List<RedisFuture<?>> answers) throws InterruptedException, ExecutionException {
        for (RedisFuture<?> answer : answers) {
            answer.get();
        }
        answers.clear();
    }

    /** One number for each reader. */
    private static final class Measured {

        private final Map<Reader, Double> values = new LinkedHashMap<>();

        void add(Reader reader, double value) {
            values.put(reader, value);
        }

        double of(Reader reader) {
            return Objects.requireNonNull(values.get(reader));
        }

        Result.Builder result(String id, String what, String unit) {
            Result.Builder result = Result.measured(id, what, unit, List.of(of(Reader.OURS)));
            values.forEach((reader, value) -> {
                if (reader != Reader.OURS) {
                    result.peer(reader.label(), List.of(value));
                }
            });
            return result;
        }
    }
}
