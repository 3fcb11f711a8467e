package io.managedredis.pricing;

import io.managedredis.error.InvalidRequestException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A plan as a price book lists it: what it allows, and what it costs.
 *
 * @param name the name the provider shows, not blank
 * @param aliases other names the plan goes by
 * @param limits what it allows
 * @param price what it costs
 * @param autoUpgrade whether the provider offers to move a database on this plan to the next larger one by itself
 */
public record CatalogPlan(
        String name, Set<String> aliases, CatalogLimits limits, PlanPrice price, boolean autoUpgrade) {

    /**
     * Checks and copies.
     *
     * @throws InvalidRequestException when the name or an alias has neither a letter nor a digit
     */
    public CatalogPlan {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(price, "price");
        aliases = Set.copyOf(aliases);
        requireName(name);
        aliases.forEach(CatalogPlan::requireName);
    }

    /** A plan of this name and price that goes by no other name, offers no automatic upgrade, and of whose limits nothing is known. */
    public static CatalogPlan of(String name, PlanPrice price) {
        return new CatalogPlan(name, Set.of(), CatalogLimits.unknown(), price, false);
    }

    /** Whether the plan goes by this name; case, spaces and punctuation do not matter. */
    public boolean isNamed(String someName) {
        String key = key(someName);
        return key(name).equals(key)
                || aliases.stream().anyMatch(alias -> key(alias).equals(key));
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static void requireName(String name) {
        if (key(name).isEmpty()) {
            throw new InvalidRequestException(
                    "plan", "'" + name + "' cannot name a plan", "a name with a letter or a digit, such as '200MB'");
        }
    }
}
