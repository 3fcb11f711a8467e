package io.managedredis.benchmarks.service;

import io.managedredis.benchmarks.Effort;
import io.managedredis.benchmarks.Scenario;
import io.managedredis.benchmarks.results.Goal;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.support.WorkerJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How long it takes until a database can be used, and what many of them take. */
public final class ServiceStart implements Scenario {

    private static final double GOAL_MILLIS = 60;

    @Override
    public String id() {
        return "service-start";
    }

    @Override
    public List<Result> run(Effort effort) throws IOException {
        try (WorkerJvm worker = WorkerJvm.start(ServiceProgram.class)) {
            List<Result> results = new ArrayList<>();
            results.add(one(worker, effort));
            for (int count : counts(effort)) {
                results.addAll(many(worker, count));
            }
            return results;
        }
    }

    private static Result one(WorkerJvm worker, Effort effort) throws IOException {
        for (int warmUp = 0; warmUp < effort.choose(10, 3, 0); warmUp++) {
            worker.ask("service");
            worker.ask("embedded");
        }
        List<Double> ours = new ArrayList<>();
        List<Double> embedded = new ArrayList<>();
        for (int round = 0; round < effort.choose(41, 5, 1); round++) {
            ours.add(Double.parseDouble(worker.ask("service")));
            embedded.add(Double.parseDouble(worker.ask("embedded")));
        }
        return Result.measured(
                        "service-start.one",
                        "a database with a synchronised replica, ready, service warm; the peer starts one server without",
                        "ms",
                        ours)
                .peer("embedded-redis (Signal), one server", embedded)
                .against("embedded-redis (Signal), one server")
                .goal(Goal.atMost(GOAL_MILLIS))
                .build();
    }

    private static List<Integer> counts(Effort effort) {
        return switch (effort) {
            case FULL -> List.of(1, 10, 50, 200);
            case SMOKE -> List.of(1, 10);
            case ONCE -> List.of(2);
        };
    }

    private static List<Result> many(WorkerJvm worker, int count) throws IOException {
        String[] answer = worker.ask(Integer.toString(count)).split(" ");
        return List.of(
                Result.measured(
                                "service-start.databases-" + count + ".time",
                                count + " databases with a replica each, four started at a time",
                                "ms",
                                List.of(Double.parseDouble(answer[0])))
                        .build(),
                Result.measured(
                                "service-start.databases-" + count + ".memory",
                                "memory of the service and all its Redis servers with " + count + " databases",
                                "MB",
                                List.of(Double.parseDouble(answer[1])))
                        .build());
    }
}
