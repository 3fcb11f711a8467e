package io.managedredis.benchmarks.geography;

import io.managedredis.benchmarks.Effort;
import io.managedredis.benchmarks.Scenario;
import io.managedredis.benchmarks.results.Goal;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.stats.Samples;
import io.managedredis.benchmarks.support.WorkerJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A database with its primary in Madrid and replicas in Amsterdam and Tokyo, as seen from each of them over the distances
 * between: how long reads and writes take, and how many go through in a closed loop.
 */
public final class Geography implements Scenario {

    private static final List<String> REGIONS = List.of("mad", "ams", "nrt");
    private static final int THREADS = 16;
    private static final double BOUND_GOAL = 0.9;
    private static final String ROUTED =
            "the single address has one socket, on which a read waits for the writes before it";

    @Override
    public String id() {
        return "geography";
    }

    @Override
    public List<Result> run(Effort effort) throws Exception {
        Map<Contestant, WorkerJvm> clients = new EnumMap<>(Contestant.class);
        Map<Contestant, String> refused = new EnumMap<>(Contestant.class);
        try (WorkerJvm service = WorkerJvm.start(ServiceAcrossRegions.class)) {
            for (Contestant contestant : Contestant.values()) {
                clients.put(contestant, WorkerJvm.start(ClientInRegions.class, contestant.name()));
            }
            for (String region : REGIONS) {
                String standpoint = service.ask(region);
                for (Map.Entry<Contestant, WorkerJvm> client : clients.entrySet()) {
                    String answer = client.getValue().ask("open " + standpoint);
                    if (!answer.equals("open")) {
                        refused.put(client.getKey(), answer);
                    }
                }
            }
            for (Contestant contestant : refused.keySet()) {
                Objects.requireNonNull(clients.remove(contestant)).close();
            }
            return new Measurement(clients, noteOn(refused), effort).all();
        } finally {
            for (WorkerJvm client : clients.values()) {
                client.close();
            }
        }
    }

    private static String noteOn(Map<Contestant, String> refused) {
        StringBuilder note = new StringBuilder(ROUTED);
        refused.forEach((contestant, why) -> note.append("; ")
                .append(contestant.label())
                .append(" could not be used: ")
                .append(why));
        return note.toString();
    }

    /** One run of it. */
    private static final class Measurement {

        private final Map<Contestant, WorkerJvm> clients;
        private final String note;
        private final Effort effort;
        private int turn;
        private final Map<String, Double> localReadMillis = new LinkedHashMap<>();
        private final Map<String, Double> primaryMillis = new LinkedHashMap<>();

        Measurement(Map<Contestant, WorkerJvm> clients, String note, Effort effort) {
            this.clients = clients;
            this.note = note;
            this.effort = effort;
        }

        List<Result> all() throws IOException {
            List<Result> results = new ArrayList<>();
            for (String region : effort == Effort.ONCE ? List.of("nrt") : REGIONS) {
                results.addAll(latency(region));
            }
            for (String region : effort == Effort.FULL ? List.of("ams", "nrt") : List.of("nrt")) {
                for (int readsForAWrite : List.of(19, 99)) {
                    results.addAll(throughput(region, readsForAWrite));
                }
            }
            return results;
        }

        private List<Result> latency(String region) throws IOException {
            int millis = effort.choose(1_600, 400, 200);
            Map<Contestant, List<Samples>> reads = new EnumMap<>(Contestant.class);
            Map<Contestant, List<Samples>> writes = new EnumMap<>(Contestant.class);
            ask("latency " + region + " " + effort.choose(1_000, 200, 10), (contestant, answer) -> {});
            for (int round = 0; round < effort.choose(5, 2, 1); round++) {
                ask("latency " + region + " " + millis, (contestant, answer) -> {
                    String[] parts = answer.split("\\|");
                    reads.computeIfAbsent(contestant, any -> new ArrayList<>()).add(samples(parts[0]));
                    writes.computeIfAbsent(contestant, any -> new ArrayList<>()).add(samples(parts[1]));
                });
            }
            localReadMillis.put(region, median(quantiles(reads, 0.5).get(Contestant.LOCAL)));
            primaryMillis.put(region, median(quantiles(writes, 0.5).get(Contestant.PRIMARY)));
            List<Result> results = new ArrayList<>();
            for (boolean write : List.of(false, true)) {
                Map<Contestant, List<Samples>> measured = write ? writes : reads;
                results.add(quantile("p50", 0.5, write, region, quantiles(measured, 0.5)));
                results.add(quantile("p99", 0.99, write, region, quantiles(measured, 0.99)));
                results.add(quantile("p99.9", 0.999, write, region, pooled(measured, 0.999)));
            }
            return results;
        }

        private Result quantile(
                String name, double share, boolean write, String region, Map<Contestant, List<Double>> measured) {
            String kind = write ? "write" : "read";
            Result.Builder result = result(
                    "geography." + kind + "." + region + "." + name,
                    name + " of the time that a " + kind + " takes from " + region
                            + ", 500 reads and 125 writes a second of 100,000 keys, primary in mad",
                    "ms",
                    measured,
                    Contestant.LOCAL,
                    List.of(Contestant.values()));
            return !write && share == 0.5 ? result.goal(Goal.notAbovePeer()).build() : result.build();
        }

        private List<Result> throughput(String region, int readsForAWrite) throws IOException {
            String mix = readsForAWrite + ":1";
            String id = "geography.throughput." + region + "." + (readsForAWrite == 19 ? "95-5" : "99-1");
            Map<Contestant, List<Double>> rates = new EnumMap<>(Contestant.class);
            String question = "rate " + region + " " + readsForAWrite + " " + THREADS + " ";
            ask(question + effort.choose(1_000, 300, 10), (contestant, answer) -> {});
            for (int round = 0; round < effort.choose(5, 2, 1); round++) {
                ask(
                        question + effort.choose(1_600, 700, 50),
                        (contestant, answer) -> rates.computeIfAbsent(contestant, any -> new ArrayList<>())
                                .add(Double.parseDouble(answer)));
            }
            double roundTrip = Objects.requireNonNull(primaryMillis.get(region));
            double local = Objects.requireNonNull(localReadMillis.get(region));
            double bound = roundTrip * (readsForAWrite + 1) / (readsForAWrite * local + roundTrip);
            List<Double> ours = Objects.requireNonNull(rates.get(Contestant.OURS));
            List<Double> primary = Objects.requireNonNull(rates.get(Contestant.PRIMARY));
            List<Double> ofBound = new ArrayList<>();
            for (int round = 0; round < ours.size(); round++) {
                ofBound.add(ours.get(round) / primary.get(round) / bound);
            }
            String load = " from " + region + ", " + mix + " reads to writes, " + THREADS
                    + " threads on one connection, each waiting for its answer";
            List<Contestant> shown = List.of(Contestant.values());
            return List.of(
                    result(id, "operations per second" + load, "operations/s", rates, Contestant.PRIMARY, shown)
                            .build(),
                    Result.measured(
                                    id + ".of-bound",
                                    String.format(
                                            Locale.ROOT,
                                            "speed-up over a client of the primary only, as a share of the %.1f times that"
                                                    + " %.2f ms for a local read and %.1f ms to the primary allow,%s",
                                            bound,
                                            local,
                                            roundTrip,
                                            load),
                                    "of the bound",
                                    ofBound)
                            .goal(Goal.atLeast(BOUND_GOAL))
                            .build());
        }

        private Result.Builder result(
                String id,
                String what,
                String unit,
                Map<Contestant, List<Double>> measured,
                Contestant against,
                List<Contestant> shown) {
            Result.Builder result =
                    Result.measured(id, what, unit, Objects.requireNonNull(measured.get(Contestant.OURS)));
            for (Contestant contestant : shown) {
                List<Double> values = measured.get(contestant);
                if (contestant != Contestant.OURS && values != null) {
                    result.peer(contestant.label(), values);
                }
            }
            return result.against(against.label()).note(note);
        }

        private void ask(String question, Answered answered) throws IOException {
            List<Contestant> turns = new ArrayList<>(clients.keySet());
            Collections.rotate(turns, turn++);
            for (Contestant contestant : turns) {
                answered.with(
                        contestant,
                        Objects.requireNonNull(clients.get(contestant)).ask(question));
            }
        }

        private static Samples samples(String words) {
            List<Double> millis = new ArrayList<>();
            for (String word : words.split(" ")) {
                millis.add(Long.parseLong(word) / 1e3);
            }
            return Samples.of(millis);
        }

        private static Map<Contestant, List<Double>> quantiles(Map<Contestant, List<Samples>> measured, double share) {
            Map<Contestant, List<Double>> quantiles = new EnumMap<>(Contestant.class);
            measured.forEach((contestant, rounds) -> quantiles.put(
                    contestant,
                    rounds.stream().map(samples -> samples.quantile(share)).toList()));
            return quantiles;
        }

        /** Of all rounds together, for one round has too few beyond. */
        private static Map<Contestant, List<Double>> pooled(Map<Contestant, List<Samples>> measured, double share) {
            Map<Contestant, List<Double>> quantiles = new EnumMap<>(Contestant.class);
            measured.forEach((contestant, rounds) ->
                    quantiles.put(contestant, List.of(Samples.together(rounds).quantile(share))));
            return quantiles;
        }

        private static double median(@Nullable List<Double> values) {
            return Samples.of(Objects.requireNonNull(values)).median();
        }
    }

    @FunctionalInterface
    private interface Answered {
        void with(Contestant contestant, String answer);
    }
}
