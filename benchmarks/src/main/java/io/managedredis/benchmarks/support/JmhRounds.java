package io.managedredis.benchmarks.support;

import io.managedredis.benchmarks.Effort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a JMH benchmark in rounds: each round runs every combination of parameters once, in a JVM of its own, so that the
 * contestants take turns.
 */
public final class JmhRounds {

    private static final String BYTES_PER_OPERATION = "gc.alloc.rate.norm";

    private final Class<?> benchmark;
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    private int rounds;

    private JmhRounds(Class<?> benchmark) {
        this.benchmark = benchmark;
    }

    /** Runs of this class. */
    public static JmhRounds of(Class<?> benchmark) {
        return new JmhRounds(benchmark);
    }

    /** Restricts a parameter to these values; each is a contestant or a kind of work. */
    public JmhRounds with(String parameter, List<String> values) {
        parameters.put(parameter, values);
        return this;
    }

    /** How often to run each combination, where the effort's own number is too many. */
    public JmhRounds rounds(int count) {
        rounds = count;
        return this;
    }

    /**
     * Runs.
     *
     * @return for each combination of parameters one score for each round
     * @throws RunnerException when a benchmark fails
     */
    public Map<Combination, List<Score>> run(Effort effort) throws RunnerException {
        Map<Combination, List<Score>> scores = new LinkedHashMap<>();
        int wanted = rounds > 0 ? rounds : effort.choose(5, 1, 1);
        for (int round = 0; round < wanted; round++) {
            for (RunResult result : new Runner(options(effort)).run()) {
                scores.computeIfAbsent(parametersOf(result), any -> new ArrayList<>())
                        .add(scoreOf(result));
            }
        }
        return scores;
    }

    private org.openjdk.jmh.runner.options.Options options(Effort effort) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .forks(effort == Effort.ONCE ? 0 : 1)
                .warmupIterations(effort.choose(3, 1, 0))
                .warmupTime(time(effort, 200))
                .measurementIterations(effort.choose(3, 1, 1))
                .measurementTime(time(effort, 200))
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessorTimeProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
        return options.build();
    }

    private static TimeValue time(Effort effort, int fullMillis) {
        return TimeValue.milliseconds(effort.choose(fullMillis, 100, 10));
    }

    private static Combination parametersOf(RunResult result) {
        Map<String, String> values = new LinkedHashMap<>();
        result.getParams()
                .getParamsKeys()
                .forEach(name -> values.put(name, result.getParams().getParam(name)));
        return new Combination(values);
    }

    private static Score scoreOf(RunResult result) {
        return new Score(
                result.getPrimaryResult().getScore(),
                secondary(result, ProcessorTimeProfiler.RESULT),
                secondary(result, BYTES_PER_OPERATION));
    }

    private static double secondary(RunResult result, String name) {
        Result<?> value = Objects.requireNonNull(result.getSecondaryResults().get(name), name);
        return value.getScore();
    }

    /**
     * One value for each parameter.
     *
     * @param values by the parameter's name
     */
    public record Combination(Map<String, String> values) {

        /**
         * The value of a parameter that is an enumeration.
         *
         * @throws IllegalArgumentException when it is not
         */
        public <E extends Enum<E>> E get(String parameter, Class<E> type) {
            return Enum.valueOf(type, Objects.requireNonNull(values.get(parameter), parameter));
        }
    }

    /**
     * What one round measured.
     *
     * @param time of one operation on the clock, in nanoseconds
     * @param processorTime of one operation, all threads together, in nanoseconds
     * @param bytes allocated for one operation, by all threads
     */
    public record Score(double time, double processorTime, double bytes) {}
}
