package io.managedredis.examples.cli;

import io.managedredis.Region;
import io.managedredis.placement.Advice;
import io.managedredis.placement.Assessment;
import io.managedredis.placement.Latency;
import io.managedredis.placement.Placement;
import io.managedredis.placement.PlacementChange;
import io.managedredis.placement.PlacementChange.AddReadRegion;
import io.managedredis.placement.PlacementChange.MovePrimary;
import io.managedredis.placement.PlacementChange.RemoveReadRegion;
import io.managedredis.placement.PlacementOption;
import io.managedredis.placement.RegionLatency;
import io.managedredis.placement.RegionLoad;
import io.managedredis.placement.Workload;
import io.managedredis.pricing.CostEstimate;
import io.managedredis.pricing.Money;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints advice for people. */
final class AdviceReport {

    private final PrintStream out;
    private final Style style;

    AdviceReport(Shell shell) {
        this.out = shell.out();
        this.style = shell.style();
    }

    void print(Advice advice, Workload workload) {
        Assessment current = advice.current();
        out.println("Placement: " + text(current.placement()));
        out.println("Cost: " + cost(current.cost()));
        out.println();
        byRegion(current, workload);
        out.println();
        changes(advice);
        out.println();
        out.println("Times are those of the network. Moving the primary takes a new database.");
    }

    private void byRegion(Assessment current, Workload workload) {
        Table table = new Table("FROM", "READS/S", "WRITES/S", "READ FROM", "READ MS", "WRITE MS");
        for (RegionLatency region : current.regions()) {
            RegionLoad load = Objects.requireNonNull(workload.loads().get(region.from()));
            table.row(
                    region.from(),
                    number(load.readsPerSecond()),
                    number(load.writesPerSecond()),
                    region.servedBy(),
                    milliseconds(region.read()),
                    milliseconds(region.write()));
        }
        table.print(out, style);
    }

    private void changes(Advice advice) {
        Table table = new Table(
                "CHANGE", "READ MEAN MS", "READ P50 MS", "WRITE MEAN MS", "WRITE P50 MS", "ALL MEAN MS", "PER MONTH");
        row(table, "none", advice.current(), cost(advice.current().costPerMonth(), false));
        for (PlacementOption option : advice.options()) {
            row(table, text(option.change()), option.after(), cost(option.costDifference(), true));
        }
        table.print(out, style);
    }

    private static void row(Table table, String change, Assessment assessment, String cost) {
        table.row(
                change,
                figure(assessment.reads(), Latency::mean),
                figure(assessment.reads(), Latency::median),
                figure(assessment.writes(), Latency::mean),
                figure(assessment.writes(), Latency::median),
                milliseconds(assessment.mean()),
                cost);
    }

    private static String figure(@Nullable Latency latency, Function<Latency, Duration> figure) {
        return latency == null ? "-" : milliseconds(figure.apply(latency));
    }

    private static String text(Placement placement) {
        List<Region> readRegions = placement.readRegions();
        return "primary " + placement.primary()
                + (readRegions.isEmpty()
                        ? ", no read region"
                        : ", read regions "
                                + readRegions.stream().map(Region::code).collect(Collectors.joining(",")));
    }

    private static String text(PlacementChange change) {
        if (change instanceof AddReadRegion) {
            return "add " + change.region();
        }
        if (change instanceof RemoveReadRegion) {
            return "remove " + change.region();
        }
        return "primary to " + ((MovePrimary) change).region();
    }

    private static String cost(@Nullable CostEstimate cost) {
        return cost == null
                ? "not known"
                : rounded(cost.perMonth()) + " a month by the prices of " + cost.asOf() + ", plan "
                        + cost.database().plan();
    }

    private static String cost(Optional<Money> cost, boolean difference) {
        return cost.map(money -> (difference && !money.isNegative() && !money.isZero() ? "+" : "") + rounded(money))
                .orElse("-");
    }

    private static Money rounded(Money money) {
        return new Money(money.amount().setScale(2, RoundingMode.HALF_UP), money.currency());
    }

    private static String number(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String milliseconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
    }
}
