package io.managedredis.benchmarks.service;

import io.managedredis.benchmarks.Effort;
import io.managedredis.benchmarks.Scenario;
import io.managedredis.benchmarks.results.Goal;
import io.managedredis.benchmarks.results.Place;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.support.WorkerJvm;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long it takes until a database can be used, and what many of them take. */
public final class ServiceStart implements Scenario {

    private static final double GOAL_MILLIS = 60;
    private static final String DATABASES = "databases";
    private static final String REGIONS = "read regions";

    @Override
    public String id() {
        return "service";
    }

    @Override
    public List<Result> run(Effort effort) throws IOException, URISyntaxException {
        try (WorkerJvm worker = WorkerJvm.start(ServiceProgram.class)) {
            List<Result> results = new ArrayList<>();
            results.add(one(worker, effort));
            for (int count : counts(effort)) {
                results.addAll(many(worker, count, effort.choose(2, 1, 1)));
            }
            // The first connection of a JVM loads what the later ones use.
            worker.ask("regions 1");
            for (int count : regions(effort)) {
                results.addAll(withRegions(worker, count, effort.choose(7, 2, 1)));
            }
            return results;
        }
    }

    private static Result one(WorkerJvm worker, Effort effort) throws IOException, URISyntaxException {
        Map<EmbeddedPeer, WorkerJvm> peers = new EnumMap<>(EmbeddedPeer.class);
        try {
            StringBuilder absent = new StringBuilder();
            for (EmbeddedPeer peer : EmbeddedPeer.values()) {
                Optional<String> prefix = peer.classPathPrefix();
                if (prefix.isPresent()) {
                    WorkerJvm started = WorkerJvm.startWith(prefix.get(), EmbeddedProgram.class);
                    peers.put(peer, started);
                    String answer = started.ask("one");
                    if (answer.startsWith("failed")) {
                        absent.append("; ").append(peer.label()).append(' ').append(answer);
                        peers.remove(peer);
                        started.close();
                    }
                } else {
                    absent.append("; ").append(peer.label()).append(" is not there");
                }
            }
            return one(worker, peers, absent.toString(), effort);
        } finally {
            for (WorkerJvm peer : peers.values()) {
                peer.close();
            }
        }
    }

    private static Result one(WorkerJvm worker, Map<EmbeddedPeer, WorkerJvm> peers, String absent, Effort effort)
            throws IOException {
        Map<EmbeddedPeer, List<Double>> theirs = new EnumMap<>(EmbeddedPeer.class);
        List<Double> ours = new ArrayList<>();
        int warmUps = effort.choose(10, 3, 0);
        for (int round = 0; round < warmUps + effort.choose(41, 5, 1); round++) {
            boolean counts = round >= warmUps;
            double our = Double.parseDouble(worker.ask("service"));
            if (counts) {
                ours.add(our);
            }
            for (Map.Entry<EmbeddedPeer, WorkerJvm> peer : peers.entrySet()) {
                double their = Double.parseDouble(peer.getValue().ask("one"));
                if (counts) {
                    theirs.computeIfAbsent(peer.getKey(), any -> new ArrayList<>())
                            .add(their);
                }
            }
        }
        Result.Builder result = Result.measured(
                        "service.ready",
                        "a database with a synchronised replica, ready, service warm; peers start one server without",
                        "ms",
                        ours)
                .against(EmbeddedPeer.SIGNAL.label())
                .note("peers have no replica, no gateway and no API" + absent)
                .goal(Goal.atMost(GOAL_MILLIS));
        theirs.forEach((peer, times) -> result.peer(peer.label(), times));
        return result.build();
    }

    private static List<Integer> counts(Effort effort) {
        return switch (effort) {
            case FULL -> List.of(1, 10, 50, 200);
            case SMOKE -> List.of(1, 10);
            case ONCE -> List.of(2);
        };
    }

    private static List<Result> many(WorkerJvm worker, int count, int rounds) throws IOException {
        List<List<Double>> measured = ask(worker, Integer.toString(count), 3, rounds);
        String id = "service.databases-" + count;
        return List.of(
                Result.measured(
                                id + ".time",
                                count + " databases with a replica each, four started at a time",
                                "ms",
                                measured.get(0))
                        .at(new Place("time to have many databases", DATABASES, count))
                        .build(),
                Result.measured(
                                id + ".memory",
                                "resident memory of the service and all its Redis servers with " + count + " databases",
                                "MB",
                                measured.get(1))
                        .at(new Place("memory of many databases", DATABASES, count))
                        .build(),
                Result.measured(
                                id + ".list",
                                "listing all of " + count + " databases through the API",
                                "ms",
                                measured.get(2))
                        .at(new Place("time to list what the local service has", DATABASES, count))
                        .build());
    }

    private static List<Integer> regions(Effort effort) {
        return switch (effort) {
            case FULL -> List.of(1, 2, 3, 4, 6, 8);
            case SMOKE -> List.of(1, 4);
            case ONCE -> List.of(2);
        };
    }

    private static List<Result> withRegions(WorkerJvm worker, int count, int rounds) throws IOException {
        List<List<Double>> measured = ask(worker, "regions " + count, 2, rounds);
        String id = "service.regions-" + count;
        return List.of(
                Result.measured(
                                id + ".time",
                                "a database with " + count + " read regions, ready, service warm",
                                "ms",
                                measured.get(0))
                        .at(new Place("time until a database is ready", REGIONS, count))
                        .build(),
                Result.measured(
                                id + ".connect",
                                "first answer through a new RegionalRedis to a database with " + count
                                        + " read regions",
                                "ms",
                                measured.get(1))
                        .at(new Place("time to connect", REGIONS, count))
                        .build());
    }

    private static List<List<Double>> ask(WorkerJvm worker, String question, int numbers, int rounds)
            throws IOException {
        List<List<Double>> measured = new ArrayList<>();
        for (int number = 0; number < numbers; number++) {
            measured.add(new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            String[] answer = worker.ask(question).split(" ");
            for (int number = 0; number < numbers; number++) {
                measured.get(number).add(Double.parseDouble(answer[number]));
            }
        }
        return measured;
    }
}
