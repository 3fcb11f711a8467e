package io.managedredis.testing.internal.control;

import static io.managedredis.testing.internal.control.Wiring.from;

import graphql.schema.DataFetcher;
import io.managedredis.Limit;
import io.managedredis.testing.internal.catalog.Plan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a plan. Where there is no limit a number is -1 and a size says so; an unknown limit is left out. */
final class PlanFields {

    private static final int NO_LIMIT = -1;
    private static final long MB = 1L << 20;
    private static final long GB = 1L << 30;

    private PlanFields() {}

    static Map<String, DataFetcher<?>> all() {
        return Map.ofEntries(
                Map.entry("id", from(Plan.class, plan -> plan.id().value())),
                Map.entry("name", from(Plan.class, Plan::name)),
                Map.entry("displayName", from(Plan.class, Plan::name)),
                Map.entry("description", from(Plan.class, Plan::description)),
                Map.entry(
                        "maxDataSize",
                        from(Plan.class, plan -> size(plan.limits().dataBytes()))),
                Map.entry(
                        "maxConcurrentConnections",
                        from(Plan.class, plan -> number(plan.limits().connections()))),
                Map.entry(
                        "maxCommandsPerSec",
                        from(Plan.class, plan -> number(plan.limits().commandsPerSecond()))),
                Map.entry(
                        "maxDailyCommands",
                        from(Plan.class, plan -> number(plan.limits().dailyCommands()))),
                Map.entry(
                        "maxDailyBandwidth",
                        from(Plan.class, plan -> size(plan.limits().dailyBandwidthBytes()))),
                Map.entry(
                        "maxRequestSize",
                        from(Plan.class, plan -> size(plan.limits().requestBytes()))),
                Map.entry(
                        "pricePerMonth",
                        from(
                                Plan.class,
                                plan -> plan.centsPerMonth().isPresent()
                                        ? (Object) plan.centsPerMonth().getAsInt()
                                        : null)));
    }

    private static @Nullable Object number(Limit limit) {
        if (limit instanceof Limit.Unlimited) {
            return NO_LIMIT;
        }
        return limit instanceof Limit.Of of ? (Object) Math.toIntExact(of.value()) : null;
    }

    private static @Nullable Object size(Limit limit) {
        if (limit instanceof Limit.Unlimited) {
            return "Unlimited";
        }
        if (!(limit instanceof Limit.Of of)) {
            return null;
        }
        return of.value() % GB == 0 ? of.value() / GB + " GB" : of.value() / MB + " MB";
    }
}
