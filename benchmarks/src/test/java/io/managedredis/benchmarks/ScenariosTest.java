package io.managedredis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.service.GatewayThroughput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no Redis for Windows")
class ScenariosTest {

    /** What each scenario must have measured, whatever else it did. */
    private static final Map<String, List<String>> YIELDS = Map.of(
            "geography",
            List.of(
                    "geography.read.nrt.p50",
                    "geography.write.nrt.p99.9",
                    "geography.throughput.nrt.95-5",
                    "geography.throughput.nrt.99-1.of-bound"),
            "faults",
            List.of("faults.cut.failed-reads", "faults.cut.p99.9-stall", "faults.cut.used-again"),
            "consistency",
            List.of(
                    "consistency.lag.stale-own-reads",
                    "consistency.paused.stale-own-reads",
                    "consistency.lag.local-reads",
                    "consistency.lag.fences"),
            "service",
            List.of("service.ready", "service.databases-2.memory", "service.regions-2.time"),
            "management",
            List.of(
                    "management.cold-start",
                    "management.warm-call",
                    "management.long-list.databases",
                    "management.creates-at-once"),
            "growth",
            List.of("growth.dispatch.unproven-100", "growth.dispatch.keys-10", "growth.gateway.connections-3"));

    static Stream<String> ids() {
        return Scenarios.all().stream().map(Scenario::id);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void should_measure_something_once(String id) throws Exception {
        Scenario scenario = Scenarios.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();

        List<Result> results = scenario.run(Effort.ONCE);

        assertThat(results).isNotEmpty().allSatisfy(result -> {
            assertThat(result.id()).startsWith(id + ".");
            assertThat(result.what()).isNotBlank();
            assertThat(result.ours()).isFinite().isNotNegative();
            assertThat(result.unit()).isNotBlank();
            assertThat(result.peers().values())
                    .allSatisfy(value -> assertThat(value).isFinite());
            assertThat(result.runs()).isPositive();
        });
        assertThat(results)
                .extracting(Result::id)
                .doesNotHaveDuplicates()
                .containsAll(YIELDS.getOrDefault(id, List.of()));
    }

    @Test
    void should_name_each_proxy_that_was_measured_or_is_absent() throws Exception {
        assertThat(new GatewayThroughput().run(Effort.ONCE))
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.toString()).contains("HAProxy", "nutcracker"));
    }

    @Test
    void should_expect_results_of_scenarios_that_exist_only() {
        assertThat(ids()).containsAll(YIELDS.keySet());
    }

    @Test
    void should_plan_at_most_forty_minutes() {
        assertThat(Scenarios.plan(Effort.FULL, id -> true).expected()).isLessThanOrEqualTo(Duration.ofMinutes(40));
    }

    @Test
    void should_name_each_scenario_differently() {
        assertThat(ids()).isNotEmpty().doesNotHaveDuplicates();
    }
}
