package io.managedredis.benchmarks.endtoend;

import io.managedredis.benchmarks.Effort;
import io.managedredis.benchmarks.Scenario;
import io.managedredis.benchmarks.results.Goal;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.support.RedisGroup;
import io.managedredis.benchmarks.support.WorkerJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Operations per second of whole clients on a primary and a replica without any distance. Each client lives in a JVM of its
 * own; the clients take turns.
 */
public final class EndToEnd implements Scenario {

    private static final double GOAL = 0.98;

    @Override
    public String id() {
        return "end-to-end";
    }

    @Override
    public List<Result> run(Effort effort) throws Exception {
        try (RedisGroup redis = RedisGroup.start(1)) {
            try (ClientUnderTest filler = LettuceClient.plain(redis.primaryPort())) {
                LoadWorker.fill(filler);
            }
            return measure(redis, effort);
        }
    }

    private static List<Result> measure(RedisGroup redis, Effort effort) throws IOException {
        Map<Contestant, WorkerJvm> workers = new EnumMap<>(Contestant.class);
        try {
            for (Contestant contestant : Contestant.values()) {
                if (!contestant.isAvailable()) {
                    continue;
                }
                String primary = Integer.toString(redis.primaryPort());
                String replica = Integer.toString(redis.replicaPorts().get(0));
                workers.put(contestant, WorkerJvm.start(LoadWorker.class, contestant.name(), primary, replica));
            }
            List<Result> results = new ArrayList<>();
            for (Load load : loads(effort)) {
                results.addAll(measure(load, workers, effort));
            }
            return results;
        } finally {
            for (WorkerJvm worker : workers.values()) {
                worker.close();
            }
        }
    }

    private static List<Load> loads(Effort effort) {
        if (effort == Effort.ONCE) {
            return List.of(new Load(5, true, Load.MOST_THREADS), new Load(5, false, 1));
        }
        List<Load> loads = new ArrayList<>();
        for (boolean pipelined : List.of(true, false)) {
            for (int threads : List.of(1, Load.MOST_THREADS)) {
                for (int writes : effort == Effort.FULL ? List.of(0, 5, 100) : List.of(0, 5)) {
                    loads.add(new Load(writes, pipelined, threads));
                }
            }
        }
        return loads;
    }

    private static List<Result> measure(Load load, Map<Contestant, WorkerJvm> workers, Effort effort)
            throws IOException {
        Map<Contestant, List<Double>> rates = new EnumMap<>(Contestant.class);
        Map<Contestant, List<Double>> processorTimes = new EnumMap<>(Contestant.class);
        for (Map.Entry<Contestant, WorkerJvm> worker : workers.entrySet()) {
            worker.getValue().ask(load.toLine(warmUp(effort)));
            rates.put(worker.getKey(), new ArrayList<>());
            processorTimes.put(worker.getKey(), new ArrayList<>());
        }
        List<Contestant> turns = new ArrayList<>(workers.keySet());
        for (int round = 0; round < effort.rounds(); round++) {
            for (Contestant contestant : turns) {
                WorkerJvm worker = Objects.requireNonNull(workers.get(contestant));
                String[] answer = worker.ask(load.toLine(slice(effort))).split(" ");
                Objects.requireNonNull(rates.get(contestant)).add(Double.parseDouble(answer[0]));
                Objects.requireNonNull(processorTimes.get(contestant)).add(Double.parseDouble(answer[1]));
            }
            // To and fro, so that none always comes right after the same other.
            Collections.reverse(turns);
        }
        String where = " on real Redis without distances: " + describe(load);
        return List.of(
                compare("end-to-end." + load.id(), "operations per second" + where, "operations/s", rates)
                        .goal(Goal.ratioAtLeast(GOAL))
                        .build(),
                compare(
                                "end-to-end." + load.id() + ".processor",
                                "processor time of the client for one operation" + where,
                                "us",
                                processorTimes)
                        .build());
    }

    private static Result.Builder compare(String id, String what, String unit, Map<Contestant, List<Double>> measured) {
        Result.Builder result = Result.measured(id, what, unit, Objects.requireNonNull(measured.get(Contestant.OURS)));
        measured.forEach((contestant, values) -> {
            if (contestant != Contestant.OURS) {
                result.peer(contestant.label(), values);
            }
        });
        return result.against(Contestant.LETTUCE.label());
    }

    private static String describe(Load load) {
        return load.writesInHundred() + " % writes, "
                + (load.isPipelined() ? "64 in flight a thread, " : "one in flight a thread, ") + load.threads()
                + " threads on one client";
    }

    private static Duration warmUp(Effort effort) {
        return Duration.ofMillis(effort.choose(1_000, 100, 10));
    }

    private static Duration slice(Effort effort) {
        return Duration.ofMillis(effort.choose(200, 50, 10));
    }
}
