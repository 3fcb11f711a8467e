package io.managedredis.benchmarks.service;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Commands per second over 50 connections, through the gateway and through what else can stand in front of Redis. */
public final class GatewayThroughput implements Scenario {

    private static final String GATEWAY = "gateway";
    private static final String RAW_RELAY = "raw relay on the JVM";
    private static final String HAPROXY = "HAProxy";
    private static final String NUTCRACKER = "nutcracker";
    private static final int CONNECTIONS = 50;

    @Override
    public String id() {
        return "gateway";
    }

    @Override
    public List<Result> run(Effort effort) throws Exception {
        try (RedisGroup redis = RedisGroup.start(0);
                WorkerJvm gateway = WorkerJvm.start(GatewayProgram.class);
                WorkerJvm relay = WorkerJvm.start(RawRelay.class, Integer.toString(redis.primaryPort()))) {
            return withProxies(redis, gateway, relay, effort);
        }
    }

    private static List<Result> withProxies(RedisGroup redis, WorkerJvm gateway, WorkerJvm relay, Effort effort)
            throws IOException, InterruptedException {
        Optional<NativeProxy> haproxy = NativeProxy.haproxy(redis.primaryPort());
        Optional<NativeProxy> nutcracker = NativeProxy.nutcracker(redis.primaryPort());
        Map<String, WireLoad> loads = new LinkedHashMap<>();
        try {
            String[] answer = gateway.ask("where").split(" ");
            loads.put(GATEWAY, WireLoad.open(Integer.parseInt(answer[0]), answer[1], CONNECTIONS));
            loads.put(RAW_RELAY, WireLoad.open(Integer.parseInt(relay.ask("where")), "", CONNECTIONS));
            loads.put("direct Redis", WireLoad.open(redis.primaryPort(), "", CONNECTIONS));
            List<String> absent = new ArrayList<>();
            open(HAPROXY, haproxy, loads, absent);
            open(NUTCRACKER, nutcracker, loads, absent);
            Optional<String> note = note(absent);
            List<Result> results = new ArrayList<>();
            for (int pipeline : List.of(1, 16)) {
                results.add(measure(loads, note, false, pipeline, effort));
                results.add(measure(loads, note, true, pipeline, effort));
            }
            return results;
        } finally {
            for (WireLoad load : loads.values()) {
                load.close();
            }
            if (haproxy.isPresent()) {
                haproxy.get().close();
            }
            if (nutcracker.isPresent()) {
                nutcracker.get().close();
            }
        }
    }

    private static void open(String name, Optional<NativeProxy> proxy, Map<String, WireLoad> loads, List<String> absent)
            throws IOException {
        if (proxy.isPresent()) {
            loads.put(name, WireLoad.open(proxy.get().port(), "", CONNECTIONS));
        } else {
            absent.add(name);
        }
    }

    /** Says which peers are not installed here: none is left out without a word. */
    static Optional<String> note(List<String> absent) {
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of("not installed on this machine: " + String.join(", ", absent));
    }

    private static Result measure(
            Map<String, WireLoad> loads, Optional<String> note, boolean writes, int pipeline, Effort effort)
            throws IOException {
        Duration warmUp = Duration.ofMillis(effort.choose(2_000, 300, 20));
        Duration slice = Duration.ofMillis(effort.choose(400, 100, 20));
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (Map.Entry<String, WireLoad> load : loads.entrySet()) {
            load.getValue().answersPerSecond(writes, pipeline, warmUp);
            rates.put(load.getKey(), new ArrayList<>());
        }
        List<String> turns = new ArrayList<>(loads.keySet());
        for (int round = 0; round < effort.choose(15, 2, 1); round++) {
            for (String turn : turns) {
                WireLoad load = Objects.requireNonNull(loads.get(turn));
                Objects.requireNonNull(rates.get(turn)).add(load.answersPerSecond(writes, pipeline, slice));
            }
            Collections.reverse(turns);
        }
        String command = writes ? "SET" : "GET";
        Result.Builder result = Result.measured(
                "gateway." + command.toLowerCase(Locale.ROOT) + ".pipeline-" + pipeline,
                command + " of 100 bytes a second over " + CONNECTIONS + " connections, " + pipeline
                        + " in flight on each",
                "commands/s",
                Objects.requireNonNull(rates.remove(GATEWAY)));
        rates.forEach(result::peer);
        note.ifPresent(result::note);
        return result.against(RAW_RELAY).goal(Goal.ratioAtLeast(0.9)).build();
    }
}
