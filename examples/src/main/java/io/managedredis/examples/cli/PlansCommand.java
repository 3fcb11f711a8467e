package io.managedredis.examples.cli;

import io.managedredis.Limit;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Plan;
import io.managedredis.pricing.CatalogPlan;
import io.managedredis.pricing.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plans",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists the plans that new databases can be on. A dash stands for what is not known.")
final class PlansCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(names = "--json", description = "Prints JSON, for programs.")
    private boolean json;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    PlansCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Plan> plans;
        try (ManagedRedisClient client = api.client(shell)) {
            plans = client.plans().list().stream().filter(PlanText::isOpen).toList();
        }
        if (json) {
            Json.print(shell.out(), plans.stream().map(PlanJson::of).toList());
        } else {
            print(plans);
        }
        return ExitCode.OK;
    }

    private void print(List<Plan> plans) {
        Table table = new Table(
                "NAME",
                "MAX DATA SIZE",
                "MAX CONNECTIONS",
                "MAX COMMAND/SEC",
                "MAX DAILY COMMANDS",
                "MAX DAILY BANDWIDTH",
                "PRICE PER MONTH",
                "EACH READ REGION");
        for (Plan plan : plans) {
            table.row(
                    plan.name(),
                    PlanText.size(plan.maxDataBytes(), ""),
                    PlanText.count(plan.maxConnections()),
                    PlanText.count(plan.maxCommandsPerSecond()),
                    PlanText.count(plan.maxDailyCommands()),
                    PlanText.size(plan.maxDailyBandwidthBytes(), ""),
                    perMonth(plan).map(Money::toString).orElse("-"),
                    perReadRegion(plan).map(Money::toString).orElse("-"));
        }
        table.print(shell.out(), shell.style());
    }

    private static Optional<Money> perMonth(Plan plan) {
        Integer cents = plan.centsPerMonth();
        return cents == null ? Optional.empty() : Optional.of(Money.usdCents(cents));
    }

    private static Optional<Money> perReadRegion(Plan plan) {
        return Prices.bookFor(plan.name())
                .flatMap(book -> book.plan(plan.name()))
                .map(CatalogPlan::price)
                .flatMap(price -> price.readRegionPerMonth());
    }

    /**
     * A plan in JSON; what is not known is null. Names and types stay; more may be added.
     *
     * @param unlimited the names of the limits that there is none of
     */
    private record PlanJson(
            String id,
            String name,
            @Nullable Long maxDataBytes,
            @Nullable Long maxConnections,
            @Nullable Long maxCommandsPerSecond,
            @Nullable Long maxDailyCommands,
            @Nullable Long maxDailyBandwidthBytes,
            List<String> unlimited,
            @Nullable Integer centsPerMonth,
            @Nullable String pricePerReadRegion) {

        static PlanJson of(Plan plan) {
            return new PlanJson(
                    plan.id().value(),
                    plan.name(),
                    number(plan.maxDataBytes()),
                    number(plan.maxConnections()),
                    number(plan.maxCommandsPerSecond()),
                    number(plan.maxDailyCommands()),
                    number(plan.maxDailyBandwidthBytes()),
                    unlimited(plan),
                    plan.centsPerMonth(),
                    perReadRegion(plan).map(Money::toString).orElse(null));
        }

        private static List<String> unlimited(Plan plan) {
            Map<String, Limit> limits = new LinkedHashMap<>();
            limits.put("maxDataBytes", plan.maxDataBytes());
            limits.put("maxConnections", plan.maxConnections());
            limits.put("maxCommandsPerSecond", plan.maxCommandsPerSecond());
            limits.put("maxDailyCommands", plan.maxDailyCommands());
            limits.put("maxDailyBandwidthBytes", plan.maxDailyBandwidthBytes());
            limits.values().removeIf(limit -> !(limit instanceof Limit.Unlimited));
            return List.copyOf(limits.keySet());
        }

        private static @Nullable Long number(Limit limit) {
            return limit instanceof Limit.Of known ? known.value() : null;
        }
    }
}
