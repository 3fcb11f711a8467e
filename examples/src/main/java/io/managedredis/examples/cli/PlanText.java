package io.managedredis.examples.cli;

import io.managedredis.Limit;
import io.managedredis.Plan;
import java.util.Locale;
import java.util.Set;

/** Plans in words. */
final class PlanText {

    /** Plans that the provider still lists, and refuses for new databases. */
    private static final Set<String> CLOSED = Set.of("starter", "standard", "pro 2k", "pro 10k");

    private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB"};

    private PlanText() {}

    static boolean isOpen(Plan plan) {
        return !CLOSED.contains(plan.name().toLowerCase(Locale.ROOT));
    }

    static Choice<Plan> choice(Plan plan) {
        String size = plan.maxDataBytes() instanceof Limit.Unknown
                ? ""
                : ": " + size(plan.maxDataBytes(), " ") + " Max Data Size";
        return new Choice<>(plan, plan.name(), plan.name() + size);
    }

    /** Such as {@code 100MB}, with the largest unit that leaves no remainder. */
    static String size(Limit bytes, String space) {
        if (!(bytes instanceof Limit.Of limit)) {
            return count(bytes);
        }
        long value = limit.value();
        int unit = 0;
        while (unit < UNITS.length - 1 && value > 0 && value % 1024 == 0) {
            value /= 1024;
            unit++;
        }
        return value + (unit == 0 ? " " : space) + UNITS[unit];
    }

    static String count(Limit limit) {
        if (limit instanceof Limit.Unlimited) {
            return "Unlimited";
        }
        return limit instanceof Limit.Of number ? Long.toString(number.value()) : "-";
    }
}
