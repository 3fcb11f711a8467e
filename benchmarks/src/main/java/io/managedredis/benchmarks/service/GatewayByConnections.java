package io.managedredis.benchmarks.service;

import io.managedredis.benchmarks.Effort;
import io.managedredis.benchmarks.results.Place;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.support.RedisGroup;
import io.managedredis.benchmarks.support.WorkerJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How the gateway's throughput changes with the number of connections, beside a relay that looks at nothing. */
public final class GatewayByConnections {

    private static final String RELAY = "raw relay on the JVM";

    private GatewayByConnections() {}

    /** Measures; one result for each number of connections. */
    public static List<Result> measure(Effort effort) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        try (RedisGroup redis = RedisGroup.start(0);
                WorkerJvm gateway = WorkerJvm.start(GatewayProgram.class);
                WorkerJvm relay = WorkerJvm.start(RawRelay.class, Integer.toString(redis.primaryPort()))) {
            String[] answer = gateway.ask("where").split(" ");
            int relayPort = Integer.parseInt(relay.ask("where"));
            for (int connections : counts(effort)) {
                try (WireLoad ours = WireLoad.open(Integer.parseInt(answer[0]), answer[1], connections);
                        WireLoad theirs = WireLoad.open(relayPort, "", connections)) {
                    results.add(compare(ours, theirs, connections, effort));
                }
            }
        }
        return results;
    }

    private static List<Integer> counts(Effort effort) {
        return switch (effort) {
            case FULL -> List.of(1, 3, 10, 30, 100, 300, 1_000);
            case SMOKE -> List.of(1, 100);
            case ONCE -> List.of(3);
        };
    }

    private static Result compare(WireLoad ours, WireLoad theirs, int connections, Effort effort) throws IOException {
        Duration warmUp = Duration.ofMillis(effort.choose(1_500, 200, 10));
        Duration slice = Duration.ofMillis(effort.choose(300, 100, 10));
        ours.answersPerSecond(false, 1, warmUp);
        theirs.answersPerSecond(false, 1, warmUp);
        List<Double> our = new ArrayList<>();
        List<Double> their = new ArrayList<>();
        for (int round = 0; round < effort.choose(9, 2, 1); round++) {
            our.add(ours.answersPerSecond(false, 1, slice));
            their.add(theirs.answersPerSecond(false, 1, slice));
        }
        return Result.measured(
                        "growth.gateway.connections-" + connections,
                        "GET of 100 bytes a second through the gateway over " + connections
                                + " connections, one in flight on each",
                        "commands/s",
                        our)
                .peer(RELAY, their)
                .against(RELAY)
                .at(new Place("commands a second through the gateway", "connections", connections))
                .build();
    }
}
