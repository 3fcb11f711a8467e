package io.managedredis.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.error.InvalidRequestException;
import io.managedredis.pricing.CostEstimate.LineItem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookEstimateTest {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    @ParameterizedTest
    @CsvSource({"Free,3,0", "200MB,0,10", "200MB,2,30", "500MB,1,40", "500MB,17,360"})
    void should_charge_the_alpha_price_for_the_primary_and_each_read_region(String plan, int readRegions, String usd) {
        assertThat(PriceBook.alpha().estimate(plan, readRegions))
                .map(CostEstimate::perMonth)
                .contains(Money.usd(usd));
    }

    @ParameterizedTest
    @CsvSource({"Fixed 250MB,0,10", "Fixed 250MB,1,15", "1GB,3,50", "Fixed 5GB,2,200", "10GB,1,300", "50GB,2,800"})
    void should_charge_a_read_region_its_own_price_in_the_current_catalogue(String plan, int readRegions, String usd) {
        assertThat(PriceBook.latest().estimate(plan, readRegions))
                .map(CostEstimate::perMonth)
                .contains(Money.usd(usd));
    }

    @Test
    void should_list_what_the_cost_is_made_of() {
        CostEstimate estimate = PriceBook.latest()
                .estimate(BilledDatabase.of("Fixed 1GB", 2).withProdPack())
                .orElseThrow();

        assertThat(estimate.items())
                .containsExactly(
                        new LineItem("primary region", BigDecimal.ONE, Money.usd("20")),
                        new LineItem("read regions", BigDecimal.valueOf(2), Money.usd("10")),
                        new LineItem("prod pack", BigDecimal.ONE, Money.usd("200")));
        assertThat(estimate.perMonth()).isEqualTo(Money.usd("240"));
        assertThat(estimate.asOf()).isEqualTo(PriceBook.latest().asOf());
    }

    @ParameterizedTest
    @CsvSource({
        "1000000,0,0,2.00",
        "1000000,0,3,8.00",
        "1000000,5000000,1,14.00",
        "0,0,5,0.00",
        "1,0,0,0.000002",
        "1,1,2,0.000008"
    })
    void should_bill_a_write_once_for_each_region_and_a_read_once(
            long writes, long reads, int readRegions, String usd) {
        assertThat(PriceBook.latest()
                        .estimate(BilledDatabase.of("Pay-as-you-go", readRegions), MonthlyUsage.of(writes, reads)))
                .map(CostEstimate::perMonth)
                .contains(Money.usd(usd));
    }

    @Test
    void should_not_overflow_when_the_usage_is_huge() {
        CostEstimate estimate = PriceBook.latest()
                .estimate(BilledDatabase.of("payg", Integer.MAX_VALUE), MonthlyUsage.of(Long.MAX_VALUE, Long.MAX_VALUE))
                .orElseThrow();

        assertThat(estimate.items().get(0).quantity())
                .isEqualTo(new BigDecimal("9223372036854775807").multiply(new BigDecimal("2147483649")));
    }

    @Test
    void should_not_estimate_pay_as_you_go_without_a_usage() {
        assertThat(PriceBook.latest().estimate("Pay-as-you-go", 0)).isEmpty();
    }

    @Test
    void should_not_depend_on_the_usage_when_the_plan_has_a_price_per_month() {
        BilledDatabase database = BilledDatabase.of("Fixed 5GB", 1);

        assertThat(PriceBook.latest().estimate(database, MonthlyUsage.of(1_000_000_000, 1)))
                .isEqualTo(PriceBook.latest().estimate(database))
                .isPresent();
    }

    @Test
    void should_be_empty_rather_than_zero_when_a_price_is_not_known() {
        PriceBook book = PriceBook.dated(DAY)
                .plan(CatalogPlan.of("primary only", PlanPrice.perMonth(Money.usd("7"))))
                .plan(CatalogPlan.of("no price", PlanPrice.unknown()))
                .build();

        assertThat(book.estimate("primary only", 0)).map(CostEstimate::perMonth).contains(Money.usd("7"));
        assertThat(book.estimate("primary only", 1)).isEmpty();
        assertThat(book.estimate(BilledDatabase.of("primary only", 0).withProdPack()))
                .isEmpty();
        assertThat(book.estimate("no price", 0)).isEmpty();
        assertThat(book.estimate(BilledDatabase.of("no price", 0), MonthlyUsage.of(1, 1)))
                .isEmpty();
        assertThat(book.estimate("not in the book", 0)).isEmpty();
    }

    @Test
    void should_know_that_free_is_zero() {
        CostEstimate free = PriceBook.alpha().estimate("Free", 2).orElseThrow();

        assertThat(free.perMonth().isZero()).isTrue();
        assertThat(free.items()).hasSize(2);
    }

    @Test
    void should_give_the_difference_of_a_change() {
        CostChange upgrade =
                PriceBook.alpha().estimateChange("200MB", 1, "500MB", 2).orElseThrow();
        CostChange downgrade =
                PriceBook.alpha().estimateChange("500MB", 2, "Free", 2).orElseThrow();

        assertThat(upgrade.perMonth()).isEqualTo(Money.usd("40"));
        assertThat(upgrade.before().perMonth()).isEqualTo(Money.usd("20"));
        assertThat(upgrade.after().perMonth()).isEqualTo(Money.usd("60"));
        assertThat(downgrade.perMonth()).isEqualTo(Money.usd("-60"));
    }

    @Test
    void should_compare_pay_as_you_go_with_a_fixed_plan_for_a_usage() {
        BilledDatabase payg = BilledDatabase.of("payg", 1);
        BilledDatabase fixed = BilledDatabase.of("Fixed 250MB", 1);

        assertThat(PriceBook.latest().estimateChange(payg, fixed, MonthlyUsage.of(2_000_000, 6_000_000)))
                .map(CostChange::perMonth)
                .contains(Money.usd("-5"));
        assertThat(PriceBook.latest().estimateChange(payg, fixed)).isEmpty();
    }

    @Test
    void should_be_consistent_for_random_databases_and_usages() {
        Random random = new Random(20_261_123L);
        PriceBook book = PriceBook.latest();
        for (int round = 0; round < 2_000; round++) {
            CatalogPlan plan = book.plans().get(random.nextInt(book.plans().size()));
            int regions = random.nextInt(20);
            MonthlyUsage usage = MonthlyUsage.of(random.nextLong(1L << 40), random.nextLong(1L << 40));
            BilledDatabase smaller = new BilledDatabase(plan.name(), regions, random.nextBoolean());
            BilledDatabase larger = new BilledDatabase(plan.name(), regions + 1, smaller.prodPack());

            CostChange change = book.estimateChange(smaller, larger, usage).orElseThrow();
            CostChange back = book.estimateChange(larger, smaller, usage).orElseThrow();

            Money oneRegionMore = plan.price()
                    .readRegionPerMonth()
                    .orElseGet(() -> Money.usd("0.000002").times(BigDecimal.valueOf(usage.writes())));
            assertThat(change.perMonth()).as("%s %s", smaller, usage).isEqualTo(oneRegionMore);
            assertThat(change.perMonth().plus(back.perMonth()).isZero()).isTrue();
            assertThat(change.before().perMonth().plus(change.perMonth()))
                    .isEqualTo(change.after().perMonth());
        }
    }

    @Test
    void should_refuse_numbers_that_cannot_be() {
        assertThatThrownBy(() -> PriceBook.alpha().estimate("Free", -1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("-1 is negative");
        assertThatThrownBy(() -> MonthlyUsage.of(-1, 0)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> MonthlyUsage.of(0, -1)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> MonthlyUsage.of(1, 1).billedCommands(-1)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> PlanPrice.perMonth(Money.usd("-1"))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_refuse_a_price_that_no_estimate_could_state_exactly() {
        assertThatThrownBy(() -> new CommandPrice(Money.usd("0.20"), 3))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("without a remainder");
        assertThatThrownBy(() -> new CommandPrice(Money.usd("0.20"), 0)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_refuse_a_book_in_which_two_plans_share_a_name() {
        PriceBook.Builder book = PriceBook.dated(DAY)
                .plan(CatalogPlan.of("Small", PlanPrice.unknown()))
                .plan(new CatalogPlan("Large", Set.of("small!"), CatalogLimits.unknown(), PlanPrice.unknown(), false));

        assertThatThrownBy(book::build)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("two plans go by the name 'small'");
    }

    @Test
    void should_refuse_a_price_for_read_regions_only() {
        assertThatThrownBy(() -> PlanPrice.unknown().withReadRegion(Money.usd("5")))
                .isInstanceOf(InvalidRequestException.class);
    }
}
