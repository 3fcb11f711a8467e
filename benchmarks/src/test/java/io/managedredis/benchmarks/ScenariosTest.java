package io.managedredis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.benchmarks.results.Result;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no Redis for Windows")
class ScenariosTest {

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
            assertThat(result.peers().values())
                    .allSatisfy(value -> assertThat(value).isFinite());
            assertThat(result.runs()).isPositive();
        });
        assertThat(results).extracting(Result::id).doesNotHaveDuplicates();
    }

    @Test
    void should_name_each_scenario_differently() {
        assertThat(ids()).isNotEmpty().doesNotHaveDuplicates();
    }
}
