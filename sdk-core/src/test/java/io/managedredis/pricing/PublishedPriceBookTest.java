package io.managedredis.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Limit;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds every cell of the published tables against values written here, independently of the data files. */
class PublishedPriceBookTest {

    private static final Map<String, Function<CatalogPlan, Object>> ROWS = Map.ofEntries(
            Map.entry("Max Data size", plan -> plan.limits().dataBytes()),
            Map.entry("Max Connections", plan -> plan.limits().connections()),
            Map.entry("Max Command/sec", plan -> plan.limits().commandsPerSecond()),
            Map.entry("Max Daily Commands", plan -> plan.limits().dailyCommands()),
            Map.entry("Max Daily Bandwidth", plan -> plan.limits().dailyBandwidthBytes()),
            Map.entry("Monthly Bandwidth", plan -> plan.limits().monthlyBandwidthBytes()),
            Map.entry("Max Request size", plan -> plan.limits().requestBytes()),
            Map.entry("Max Record size", plan -> plan.limits().recordBytes()),
            Map.entry("Price per month", plan -> text(plan.price().primaryPerMonth())),
            Map.entry("Price per read region", plan -> text(plan.price().readRegionPerMonth())),
            Map.entry("Price per command", plan -> text(plan.price().commands().map(CommandPrice::perCommand))),
            Map.entry("Prod Pack", plan -> text(plan.price().prodPackPerMonth())),
            Map.entry("Auto-upgrade", CatalogPlan::autoUpgrade));

    private static String text(Optional<Money> price) {
        return price.map(Money::toString).orElse("unknown");
    }

    @ParameterizedTest(name = "{0}: {1}, {2}, {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    Max Data size         | 104857600   | 209715200   | 524288000
                    Max Connections       | 100         | 300         | 500
                    Max Command/sec       | 300         | 300         | 500
                    Max Daily Commands    | 10000       | unlimited   | unlimited
                    Max Daily Bandwidth   | 10737418240 | 10737418240 | 32212254720
                    Monthly Bandwidth     | unknown     | unknown     | unknown
                    Max Request size      | unknown     | unknown     | unknown
                    Max Record size       | unknown     | unknown     | unknown
                    Price per month       | $0.00       | $10.00      | $20.00
                    Price per read region | $0.00       | $10.00      | $20.00
                    Price per command     | unknown     | unknown     | unknown
                    Prod Pack             | unknown     | unknown     | unknown
                    Auto-upgrade          | false       | false       | false
                    """)
    void should_hold_every_cell_of_the_alpha_table(String row, String free, String mb200, String mb500) {
        PriceBook alpha = PriceBook.alpha();

        assertThat(cell(alpha, "Free", row)).isEqualTo(free);
        assertThat(cell(alpha, "200MB", row)).isEqualTo(mb200);
        assertThat(cell(alpha, "500MB", row)).isEqualTo(mb500);
    }

    @ParameterizedTest(name = "{0}: {1}, {2}, {3}, {4}, {5}, {6}")
    @CsvSource(delimiter = '|', textBlock = """
                    Max Data size         | 10737418240 | 262144000   | 1073741824   | 5368709120   | 10737418240   | 53687091200
                    Max Connections       | unknown     | unknown     | unknown      | unknown      | unknown       | unknown
                    Max Command/sec       | 10000       | unknown     | unknown      | unknown      | unknown       | unknown
                    Max Daily Commands    | unknown     | unknown     | unknown      | unknown      | unknown       | unknown
                    Max Daily Bandwidth   | unknown     | unknown     | unknown      | unknown      | unknown       | unknown
                    Monthly Bandwidth     | unknown     | 53687091200 | 107374182400 | 536870912000 | 1099511627776 | 5497558138880
                    Max Request size      | 10485760    | unknown     | unknown      | unknown      | unknown       | unknown
                    Max Record size       | 104857600   | unknown     | unknown      | unknown      | unknown       | unknown
                    Price per month       | unknown     | $10.00      | $20.00       | $100.00      | $200.00       | $400.00
                    Price per read region | unknown     | $5.00       | $10.00       | $50.00       | $100.00       | $200.00
                    Price per command     | $0.000002   | unknown     | unknown      | unknown      | unknown       | unknown
                    Prod Pack             | $200.00     | $200.00     | $200.00      | $200.00      | $200.00       | $200.00
                    Auto-upgrade          | false       | true        | true         | true         | true          | true
                    """)
    void should_hold_every_cell_of_the_current_catalogue(
            String row, String payg, String mb250, String gb1, String gb5, String gb10, String gb50) {
        PriceBook latest = PriceBook.latest();

        assertThat(cell(latest, "Pay-as-you-go", row)).isEqualTo(payg);
        assertThat(cell(latest, "Fixed 250MB", row)).isEqualTo(mb250);
        assertThat(cell(latest, "Fixed 1GB", row)).isEqualTo(gb1);
        assertThat(cell(latest, "Fixed 5GB", row)).isEqualTo(gb5);
        assertThat(cell(latest, "Fixed 10GB", row)).isEqualTo(gb10);
        assertThat(cell(latest, "Fixed 50GB", row)).isEqualTo(gb50);
    }

    private static String cell(PriceBook book, String plan, String row) {
        return ROWS.get(row).apply(book.plan(plan).orElseThrow()).toString();
    }

    @Test
    void should_list_the_plans_in_the_order_of_the_tables() {
        assertThat(PriceBook.alpha().plans()).extracting(CatalogPlan::name).containsExactly("Free", "200MB", "500MB");
        assertThat(PriceBook.latest().plans())
                .extracting(CatalogPlan::name)
                .containsExactly("Pay-as-you-go", "Fixed 250MB", "Fixed 1GB", "Fixed 5GB", "Fixed 10GB", "Fixed 50GB");
    }

    @Test
    void should_state_the_commands_that_are_not_billed() {
        assertThat(PriceBook.latest().unbilledCommands())
                .containsExactlyInAnyOrder(
                        "AUTH", "HELLO", "SELECT", "COMMAND", "CONFIG", "INFO", "PING", "RESET", "QUIT");
        assertThat(PriceBook.alpha().unbilledCommands()).isEmpty();
    }

    @Test
    void should_state_the_price_of_commands_as_the_catalogue_does() {
        CommandPrice price = PriceBook.latest()
                .plan("payg")
                .flatMap(plan -> plan.price().commands())
                .orElseThrow();

        assertThat(price).isEqualTo(new CommandPrice(Money.usd("0.20"), 100_000));
    }

    @ParameterizedTest
    @CsvSource({"pay as you go,Pay-as-you-go", "PAYG,Pay-as-you-go", "250mb,Fixed 250MB", "fixed_1gb,Fixed 1GB"})
    void should_find_a_plan_by_any_of_its_names(String asked, String name) {
        assertThat(PriceBook.latest().plan(asked)).map(CatalogPlan::name).contains(name);
    }

    @Test
    void should_not_find_a_plan_of_another_book() {
        assertThat(PriceBook.latest().plan("200MB")).isEmpty();
        assertThat(PriceBook.alpha().plan("Fixed 250MB")).isEmpty();
        assertThat(PriceBook.alpha().plan("")).isEmpty();
    }

    @Test
    void should_give_the_book_that_was_current_on_a_day() {
        PriceBook alpha = PriceBook.alpha();
        PriceBook latest = PriceBook.latest();

        assertThat(PriceBook.on(alpha.asOf().minusDays(1))).isEmpty();
        assertThat(PriceBook.on(alpha.asOf())).containsSame(alpha);
        assertThat(PriceBook.on(latest.asOf().minusDays(1))).containsSame(alpha);
        assertThat(PriceBook.on(latest.asOf())).containsSame(latest);
        assertThat(PriceBook.on(LocalDate.MAX)).containsSame(latest);
    }

    @Test
    void should_publish_books_from_the_oldest_to_the_newest() {
        assertThat(PriceBook.published())
                .hasSizeGreaterThan(1)
                .isSortedAccordingTo(Comparator.comparing(PriceBook::asOf))
                .startsWith(PriceBook.alpha())
                .endsWith(PriceBook.latest());
    }

    @Test
    void should_let_a_known_limit_be_exceeded_but_never_an_unknown_one() {
        CatalogLimits free = PriceBook.alpha().plan("Free").orElseThrow().limits();

        assertThat(free.dailyCommands().isExceededBy(10_001)).isTrue();
        assertThat(free.dailyCommands().isExceededBy(10_000)).isFalse();
        assertThat(free.requestBytes()).isEqualTo(Limit.unknown());
        assertThat(free.requestBytes().isExceededBy(Long.MAX_VALUE)).isFalse();
    }
}
