package io.managedredis.benchmarks.command;

import io.managedredis.benchmarks.Effort;
import io.managedredis.benchmarks.Scenario;
import io.managedredis.benchmarks.results.Goal;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.support.JmhRounds;
import io.managedredis.benchmarks.support.JmhRounds.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.openjdk.jmh.runner.RunnerException;

/** Time and memory to dispatch one command: reads should allocate nothing and take at most 1.5 times the plain way. */
public final class CommandPath implements Scenario {

    private static final double TIME_GOAL = 1.5;

    /** What is below one byte for each ten commands is the measurement's own. */
    private static final double NO_BYTES = 0.1;

    @Override
    public String id() {
        return "command-path";
    }

    @Override
    public List<Result> run(Effort effort) throws RunnerException {
        Map<Work, Map<NoNetworkContestant, List<Score>>> scores = new EnumMap<>(Work.class);
        // Only plain Lettuce is paired with ours; the others are there for comparison.
        run(effort, contestants(true), 5, scores);
        run(effort, contestants(false), 2, scores);
        List<Result> results = new ArrayList<>();
        scores.forEach((work, contestants) -> contestants.keySet().stream()
                .filter(NoNetworkContestant::isOurs)
                .forEach(ours -> {
                    results.add(time(work, ours, contestants));
                    results.add(bytes(work, ours, contestants));
                }));
        return results;
    }

    private static List<String> contestants(boolean paired) {
        return Arrays.stream(NoNetworkContestant.values())
                .filter(each -> paired == (each.isOurs() || each == NoNetworkContestant.PLAIN))
                .map(Enum::name)
                .toList();
    }

    private static void run(
            Effort effort,
            List<String> contestants,
            int rounds,
            Map<Work, Map<NoNetworkContestant, List<Score>>> scores)
            throws RunnerException {
        JmhRounds dispatch = JmhRounds.of(DispatchBenchmark.class)
                .with("contestant", contestants)
                .rounds(effort.choose(rounds, 1, 1));
        if (effort == Effort.SMOKE) {
            dispatch.with("work", List.of(Work.GET.name(), Work.SET.name()));
        }
        dispatch.run(effort)
                .forEach((combination, measured) -> scores.computeIfAbsent(
                                combination.get("work", Work.class), any -> new EnumMap<>(NoNetworkContestant.class))
                        .put(combination.get("contestant", NoNetworkContestant.class), measured));
    }

    private static Result time(Work work, NoNetworkContestant ours, Map<NoNetworkContestant, List<Score>> contestants) {
        Result.Builder result = result("time", "processor time", "ns", work, ours, contestants, Score::processorTime);
        return (work.reads() ? result.goal(Goal.ratioAtMost(TIME_GOAL)) : result).build();
    }

    private static Result bytes(
            Work work, NoNetworkContestant ours, Map<NoNetworkContestant, List<Score>> contestants) {
        Result.Builder result = result("bytes", "bytes allocated", "B", work, ours, contestants, Score::bytes);
        return (work.reads() ? result.goal(Goal.atMost(NO_BYTES)) : result).build();
    }

    private static Result.Builder result(
            String kind,
            String measure,
            String unit,
            Work work,
            NoNetworkContestant ours,
            Map<NoNetworkContestant, List<Score>> contestants,
            Function<Score, Double> value) {
        Result.Builder result = Result.measured(
                "command-path." + idOf(ours) + "." + work.name().toLowerCase(Locale.ROOT) + "." + kind,
                measure + " to dispatch " + work + " without a network, " + ours.label()
                        + (work.reads() ? "" : ", making the command included"),
                unit,
                Objects.requireNonNull(contestants.get(ours)).stream()
                        .map(value)
                        .toList());
        contestants.forEach((contestant, rounds) -> {
            if (!contestant.isOurs()) {
                result.peer(contestant.label(), rounds.stream().map(value).toList());
            }
        });
        return result.against(NoNetworkContestant.PLAIN.label());
    }

    private static String idOf(NoNetworkContestant ours) {
        return ours.name().replaceFirst("^OURS_", "").toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
