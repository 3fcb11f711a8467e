package io.managedredis.testing.internal.catalog;

import io.managedredis.PlanId;
import io.managedredis.testing.internal.PlanLimits;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A plan that databases can be on.
 *
 * @param id the identifier that requests carry
 * @param name the plan's name, for people
 * @param description what it is, in a sentence
 * @param limits what it allows; unknown where the provider does not say, and then not enforced
 * @param centsPerMonth the monthly price in US cents; empty where it is not known
 * @param kind how it is sold
 */
public record Plan(
        PlanId id, String name, String description, PlanLimits limits, OptionalInt centsPerMonth, Kind kind) {

    /** How a plan is sold. */
    public enum Kind {
        /** Of the first page of the product, priced for each region. */
        ALPHA,
        /** Billed by command. */
        PAY_AS_YOU_GO,
        /** A fixed size, with a price for each read region. */
        FIXED,
        /** Not sold any more: databases stay on it, new ones are refused. */
        LEGACY
    }

    /** Checks that nothing is missing. */
    public Plan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(centsPerMonth, "centsPerMonth");
        Objects.requireNonNull(kind, "kind");
    }

    /** Whether new databases may be put on it. */
    public boolean open() {
        return kind != Kind.LEGACY;
    }
}
