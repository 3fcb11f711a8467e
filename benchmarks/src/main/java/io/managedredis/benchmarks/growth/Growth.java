package io.managedredis.benchmarks.growth;

import io.managedredis.benchmarks.Effort;
import io.managedredis.benchmarks.Scenario;
import io.managedredis.benchmarks.command.GrowthBenchmark;
import io.managedredis.benchmarks.results.Place;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.service.GatewayByConnections;
import io.managedredis.benchmarks.support.JmhRounds;
import io.managedredis.benchmarks.support.JmhRounds.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.runner.RunnerException;

/**
 * How a read's dispatch grows with the keys that are unproven and the keys it reads, and the gateway's throughput with its
 * connections. What grows with databases and regions is measured with the service and with management.
 */
public final class Growth implements Scenario {

    private static final String PLAIN = "plain Lettuce";

    @Override
    public String id() {
        return "growth";
    }

    @Override
    public List<Result> run(Effort effort) throws Exception {
        List<Result> results = new ArrayList<>();
        results.addAll(dispatch(
                effort,
                "unproven",
                switch (effort) {
                    case FULL -> List.of(0, 10, 100, 1_000, 10_000);
                    case SMOKE -> List.of(0, 100);
                    case ONCE -> List.of(100);
                },
                "keys written and not proven",
                "processor time to dispatch a read of another key"));
        results.addAll(dispatch(
                effort,
                "keys",
                switch (effort) {
                    case FULL -> List.of(1, 10, 100, 1_000);
                    case SMOKE -> List.of(1, 100);
                    case ONCE -> List.of(10);
                },
                "keys in one MGET",
                "processor time to dispatch a read of many keys"));
        results.addAll(GatewayByConnections.measure(effort));
        return results;
    }

    private static List<Result> dispatch(
            Effort effort, String parameter, List<Integer> values, String along, String what) throws RunnerException {
        Map<String, Map<String, List<Score>>> scores = new LinkedHashMap<>();
        JmhRounds.of(GrowthBenchmark.class)
                .with(parameter, values.stream().map(Object::toString).toList())
                .rounds(effort.choose(2, 1, 1))
                .run(effort)
                .forEach((combination, measured) -> scores.computeIfAbsent(
                                Objects.requireNonNull(combination.values().get(parameter)),
                                any -> new LinkedHashMap<>())
                        .put(Objects.requireNonNull(combination.values().get("who")), measured));
        List<Result> results = new ArrayList<>();
        scores.forEach((value, contestants) -> results.add(Result.measured(
                        "growth.dispatch." + parameter + "-" + value,
                        what + ", without a network: " + value + " " + along,
                        "ns",
                        times(contestants, "ours"))
                .peer(PLAIN, times(contestants, "plain"))
                .against(PLAIN)
                .at(new Place(what, along, Double.parseDouble(value)))
                .build()));
        return results;
    }

    private static List<Double> times(Map<String, List<Score>> contestants, String who) {
        return Objects.requireNonNull(contestants.get(who)).stream()
                .map(Score::processorTime)
                .toList();
    }
}
