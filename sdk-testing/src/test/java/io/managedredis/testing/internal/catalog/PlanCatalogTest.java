package io.managedredis.testing.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Limit;
import io.managedredis.testing.internal.PlanLimits;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCatalogTest {

    private final PlanCatalog catalog = PlanCatalog.bundled();

    @ParameterizedTest
    @CsvSource({
        "Free, 104857600, 100, 300, 10000, 10737418240, 0",
        "200MB, 209715200, 300, 300, unlimited, 10737418240, 1000",
        "500MB, 524288000, 500, 500, unlimited, 32212254720, 2000"
    })
    void should_have_the_limits_of_the_alpha_plans(
            String name, long data, long connections, long perSecond, String daily, long bandwidth, int cents) {
        Plan plan = catalog.findByName(name).orElseThrow();
        PlanLimits limits = plan.limits();

        assertThat(limits.dataBytes()).isEqualTo(Limit.of(data));
        assertThat(limits.connections()).isEqualTo(Limit.of(connections));
        assertThat(limits.commandsPerSecond()).isEqualTo(Limit.of(perSecond));
        assertThat(limits.dailyCommands()).hasToString(daily);
        assertThat(limits.dailyBandwidthBytes()).isEqualTo(Limit.of(bandwidth));
        assertThat(plan.centsPerMonth()).isEqualTo(OptionalInt.of(cents));
    }

    @Test
    void should_default_to_pay_as_you_go() {
        PlanLimits limits = catalog.defaultPlan().limits();

        assertThat(catalog.defaultPlan().name()).isEqualTo("Pay-as-you-go");
        assertThat(limits.commandsPerSecond()).isEqualTo(Limit.of(10_000));
        assertThat(limits.requestBytes()).isEqualTo(Limit.of(10L << 20));
        assertThat(limits.recordBytes()).isEqualTo(Limit.of(100L << 20));
        assertThat(limits.dataBytes()).isEqualTo(Limit.of(10L << 30));
        assertThat(limits.connections()).isEqualTo(Limit.unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Starter", "Standard", "Pro 2k", "pro 10K"})
    void should_keep_legacy_plans_closed_to_new_databases(String name) {
        assertThat(catalog.findByName(name).orElseThrow().open()).isFalse();
    }

    @Test
    void should_have_distinct_identifiers_and_names() {
        Stream<Plan> plans = catalog.all().stream();

        assertThat(plans)
                .hasSize(13)
                .doesNotHaveDuplicates()
                .extracting(Plan::id)
                .doesNotHaveDuplicates();
        assertThat(catalog.all()).extracting(Plan::name).doesNotHaveDuplicates();
    }

    @Test
    void should_find_a_plan_by_its_identifier() {
        for (Plan plan : catalog.all()) {
            assertThat(catalog.find(plan.id())).contains(plan);
        }
    }
}
