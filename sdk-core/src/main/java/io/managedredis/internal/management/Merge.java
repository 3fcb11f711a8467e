package io.managedredis.internal.management;

import io.managedredis.Change;
import io.managedredis.Database;
import io.managedredis.DatabaseOptions;
import io.managedredis.Plan;
import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.internal.port.DatabaseChange;
import io.managedredis.pricing.BilledDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an update makes of a database as it is now: only what differs is sent.
 *
 * @param current the database as it is
 * @param changes what differs
 * @param request what to send, in which everything that does not differ is left out
 * @param planName the name of its plan afterwards, or null where it is not known
 * @param readRegions its read regions afterwards
 * @param prodPack whether the production features are on afterwards
 */
record Merge(
        Database current,
        List<Change> changes,
        DatabaseChange request,
        @Nullable String planName,
        List<Region> readRegions,
        boolean prodPack) {

    static Merge of(Database current, RecordedUpdate update, @Nullable Plan plan) {
        List<Change> changes = new ArrayList<>();
        List<Region> regions = update.applyTo(current.readRegions());
        boolean newRegions = !new HashSet<>(regions).equals(new HashSet<>(current.readRegions()));
        if (newRegions) {
            changes.add(new Change("readRegions", codes(current.readRegions()), codes(regions)));
        }
        PlanId newPlan = plan == null || plan.id().equals(current.planId()) ? null : plan.id();
        if (plan != null && newPlan != null) {
            changes.add(new Change("plan", current.planName(), plan.name()));
        }
        DatabaseOptions options = update.applyTo(current.options());
        addOption(changes, "eviction", current.eviction(), options.eviction());
        addOption(changes, "autoUpgrade", current.options().autoUpgrade(), options.autoUpgrade());
        boolean hadProdPack = current.options().prodPack();
        Boolean newProdPack = Objects.equals(update.prodPack(), hadProdPack) ? null : update.prodPack();
        if (newProdPack != null) {
            addOption(changes, "prodPack", hadProdPack, newProdPack);
        }
        DatabaseChange request = new DatabaseChange(
                current.id(),
                newPlan,
                newRegions ? regions : null,
                options.equals(current.options()) ? null : options,
                newProdPack);
        return new Merge(
                current,
                changes,
                request,
                plan == null ? current.planName() : plan.name(),
                regions,
                newProdPack == null ? hadProdPack : newProdPack);
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Whether production features are asked for without the new plan that the provider wants to see with them. */
    boolean lacksPlanForProdPack() {
        return request.prodPack() != null && request.planId() == null;
    }

    Optional<BilledDatabase> billedBefore() {
        return billed(
                current.planName(), current.readRegions(), current.options().prodPack());
    }

    Optional<BilledDatabase> billedAfter() {
        return billed(planName, readRegions, prodPack);
    }

    static Optional<BilledDatabase> billed(@Nullable String planName, List<Region> readRegions, boolean prodPack) {
        return planName == null
                ? Optional.empty()
                : Optional.of(new BilledDatabase(planName, readRegions.size(), prodPack));
    }

    static String codes(List<Region> regions) {
        return regions.isEmpty() ? "none" : regions.stream().map(Region::code).collect(Collectors.joining(", "));
    }

    private static void addOption(List<Change> changes, String field, Object before, Object after) {
        if (!before.equals(after)) {
            changes.add(new Change(field, String.valueOf(before), String.valueOf(after)));
        }
    }
}
