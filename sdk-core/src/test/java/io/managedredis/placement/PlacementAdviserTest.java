package io.managedredis.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Region;
import io.managedredis.Routing;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.placement.PlacementChange.AddReadRegion;
import io.managedredis.placement.PlacementChange.MovePrimary;
import io.managedredis.placement.PlacementChange.RemoveReadRegion;
import io.managedredis.pricing.Money;
import io.managedredis.pricing.PriceBook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlacementAdviserTest {

    private static final Region AMS = Region.of("ams");
    private static final Region MAD = Region.of("mad");
    private static final Region NRT = Region.of("nrt");
    private static final Region SIN = Region.of("sin");

    private static final Map<Set<Region>, Integer> MILLISECONDS = Map.of(
            Set.of(AMS, MAD), 30,
            Set.of(MAD, NRT), 200,
            Set.of(AMS, NRT), 220,
            Set.of(NRT, SIN), 70,
            Set.of(MAD, SIN), 180,
            Set.of(AMS, SIN), 190);
    private static final RoundTrips ROUND_TRIPS = (one, other) ->
            Duration.ofMillis(one.equals(other) ? 0 : Objects.requireNonNull(MILLISECONDS.get(Set.of(one, other))));

    /** 200 reads and 20 writes a second. */
    private static final Workload WORKLOAD = Workload.builder()
            .from("ams", 100, 10)
            .from("nrt", 50, 5)
            .from("mad", 50, 5)
            .build();

    private final PlacementAdviser adviser = PlacementAdviser.of(ROUND_TRIPS);

    @Test
    void should_weigh_each_region_by_its_commands() {
        Assessment assessment = adviser.assess(WORKLOAD, Placement.of("mad"));

        // Reads: (100 * 30 + 50 * 200 + 50 * 0) / 200; the 100th fastest of 200 comes from ams. Writes: the same by
        // tenths.
        assertThat(assessment.reads()).isEqualTo(new Latency(Duration.ofMillis(65), Duration.ofMillis(30)));
        assertThat(assessment.writes()).isEqualTo(new Latency(Duration.ofMillis(65), Duration.ofMillis(30)));
        assertThat(assessment.mean()).isEqualTo(Duration.ofMillis(65));
        assertThat(assessment.regions())
                .containsExactly(
                        new RegionLatency(AMS, MAD, Duration.ofMillis(30), Duration.ofMillis(30)),
                        new RegionLatency(MAD, MAD, Duration.ZERO, Duration.ZERO),
                        new RegionLatency(NRT, MAD, Duration.ofMillis(200), Duration.ofMillis(200)));
    }

    @Test
    void should_read_from_the_nearest_region_and_write_to_the_primary() {
        Assessment assessment = adviser.assess(WORKLOAD, Placement.of("mad", "ams"));

        // Reads: 50 * 200 / 200, and 150 of 200 take no time. Writes as without the replica.
        assertThat(assessment.reads()).isEqualTo(new Latency(Duration.ofMillis(50), Duration.ZERO));
        assertThat(assessment.writes()).isEqualTo(new Latency(Duration.ofMillis(65), Duration.ofMillis(30)));
        // (10,000 + 1,300) / 220 = 51.3636...
        assertThat(assessment.mean()).isEqualTo(Duration.ofNanos(51_363_636));
    }

    @Test
    void should_write_by_way_of_the_nearest_region_when_the_platform_routes() {
        Workload fromSingapore = Workload.builder().from("sin", 1, 1).build();
        Placement placement = Placement.of("mad", "nrt");

        assertThat(adviser.assess(fromSingapore, placement).regions())
                .containsExactly(new RegionLatency(SIN, NRT, Duration.ofMillis(70), Duration.ofMillis(270)));
        assertThat(adviser.routing(Routing.BY_REGION)
                        .assess(fromSingapore, placement)
                        .regions())
                .containsExactly(new RegionLatency(SIN, NRT, Duration.ofMillis(70), Duration.ofMillis(180)));
    }

    @Test
    void should_take_the_median_at_half_of_the_commands_and_not_of_the_regions() {
        Workload mostlyFar =
                Workload.builder().from("mad", 49, 0).from("nrt", 51, 0).build();
        Workload even = Workload.builder().from("mad", 50, 0).from("nrt", 50, 0).build();

        assertThat(reads(mostlyFar).median()).isEqualTo(Duration.ofMillis(200));
        assertThat(reads(even).median()).isEqualTo(Duration.ZERO);
    }

    @Test
    void should_tell_nothing_of_commands_that_there_are_none_of() {
        Assessment readOnly =
                adviser.assess(Workload.builder().from("ams", 1, 0).build(), Placement.of("mad"));
        Assessment writeOnly =
                adviser.assess(Workload.builder().from("ams", 0, 1).build(), Placement.of("mad"));

        assertThat(readOnly.writes()).isNull();
        assertThat(readOnly.mean()).isEqualTo(Duration.ofMillis(30));
        assertThat(writeOnly.reads()).isNull();
        assertThat(writeOnly.mean()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void should_go_through_every_single_change_and_put_the_most_helpful_first() {
        Advice advice = adviser.advise(WORKLOAD, Placement.of("mad", "ams"), Set.of(NRT));

        // Now (10,000 + 1,300) / 220. With nrt as a read region only writes travel: 1,300 / 220. Without ams: 65.
        // Primary in ams: mad 0 / 30, nrt 200 / 230: (10,000 + 150 + 1,150) / 220.
        // Primary in nrt instead of mad: ams and nrt read at home, mad at ams: 50 * 30; writes 10 * 220 + 5 * (30 +
        // 220).
        assertThat(advice.options())
                .extracting(PlacementOption::change)
                .containsExactly(
                        new AddReadRegion(NRT), new MovePrimary(NRT), new MovePrimary(AMS), new RemoveReadRegion(AMS));
        assertThat(advice.options())
                .extracting(option -> option.after().mean())
                .containsExactly(
                        Duration.ofNanos(5_909_091),
                        Duration.ofNanos(22_500_000),
                        Duration.ofNanos(51_363_636),
                        Duration.ofMillis(65));
        assertThat(advice.options())
                .extracting(option -> option.after().placement())
                .containsExactly(
                        Placement.of("mad", "ams", "nrt"),
                        Placement.of("nrt", "ams"),
                        Placement.of("ams", "mad"),
                        Placement.of("mad"));
    }

    @Test
    void should_price_a_fixed_plan_by_its_read_regions() {
        PlacementAdviser priced = adviser.plan("Fixed 1GB", PriceBook.latest());

        Advice advice = priced.advise(WORKLOAD, Placement.of("mad", "ams"), Set.of(NRT));

        assertThat(advice.current().costPerMonth()).contains(Money.usd("30"));
        assertThat(costDifferences(advice))
                .containsEntry(new AddReadRegion(NRT), "$10.00")
                .containsEntry(new RemoveReadRegion(AMS), "-$10.00")
                .containsEntry(new MovePrimary(AMS), "$0.00");
    }

    @Test
    void should_bill_each_write_once_a_region_when_commands_are_paid_for() {
        PlacementAdviser priced = adviser.plan("Pay-as-you-go", PriceBook.latest());

        Advice advice = priced.advise(WORKLOAD, Placement.of("mad"), Set.of(AMS));

        // 30 days: 518,400,000 reads and 51,840,000 writes at $0.000002; one more region bills the writes once more.
        assertThat(advice.current().costPerMonth()).contains(Money.usd("1140.48"));
        assertThat(costDifferences(advice)).containsEntry(new AddReadRegion(AMS), "$103.68");
    }

    @Test
    void should_leave_the_cost_empty_where_the_price_book_knows_none() {
        PlacementAdviser unpriced = adviser.plan("Platinum", PriceBook.latest());

        Advice advice = unpriced.advise(WORKLOAD, Placement.of("mad"), Set.of(AMS));

        assertThat(advice.current().costPerMonth()).isEmpty();
        assertThat(advice.options())
                .allSatisfy(option -> assertThat(option.costDifference()).isEmpty());
    }

    @Test
    void should_prefer_the_cheaper_of_two_changes_that_help_alike() {
        Workload fromMadrid = Workload.builder().from("mad", 10, 0).build();

        Advice advice = adviser.plan("Fixed 1GB", PriceBook.latest())
                .advise(fromMadrid, Placement.of("mad", "ams", "nrt"), Set.of(SIN));

        assertThat(advice.options())
                .extracting(PlacementOption::change)
                .startsWith(new RemoveReadRegion(AMS), new RemoveReadRegion(NRT));
    }

    @Test
    void should_add_no_region_that_is_there() {
        Advice advice = adviser.advise(WORKLOAD, Placement.of("mad", "ams"), List.of(MAD, AMS));

        assertThat(advice.options())
                .extracting(PlacementOption::change)
                .containsExactlyInAnyOrder(new RemoveReadRegion(AMS), new MovePrimary(AMS));
    }

    @Test
    void should_refuse_a_placement_with_a_region_twice() {
        assertThatThrownBy(() -> Placement.of("mad", "mad"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("each region once");
        assertThatThrownBy(() -> Placement.of("mad", "ams", "ams")).isInstanceOf(InvalidRequestException.class);
    }

    private Latency reads(Workload workload) {
        return Objects.requireNonNull(
                adviser.assess(workload, Placement.of("mad")).reads());
    }

    private static Map<PlacementChange, String> costDifferences(Advice advice) {
        return advice.options().stream()
                .collect(Collectors.toMap(
                        PlacementOption::change,
                        option -> option.costDifference().orElseThrow().toString()));
    }
}
