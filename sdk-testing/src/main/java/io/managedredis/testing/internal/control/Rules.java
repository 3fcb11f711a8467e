package io.managedredis.testing.internal.control;

import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.testing.internal.catalog.Plan;
import io.managedredis.testing.internal.catalog.PlanCatalog;
import io.managedredis.testing.internal.catalog.RegionCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the service accepts. Immutable. */
final class Rules {

    // A name becomes a label of the database's host name, with four characters before it.
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]{0,57}[a-zA-Z0-9])?");

    private final RegionCatalog regions;
    private final PlanCatalog plans;
    private final Set<Region> excluded;

    Rules(RegionCatalog regions, PlanCatalog plans, Set<Region> excluded) {
        this.regions = regions;
        this.plans = plans;
        this.excluded = Set.copyOf(excluded);
    }

    String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid(
                    "Name must be 1 to 59 letters, digits or hyphens, and neither start nor end with a hyphen");
        }
        return name;
    }

    Region primaryRegion(@Nullable String code) {
        if (code == null || code.isBlank()) {
            throw Refusal.invalid("Primary region can't be blank");
        }
        return region("Primary region", code);
    }

    List<Region> readRegions(List<String> codes, Region primary) {
        List<Region> accepted = new ArrayList<>();
        for (String code : codes) {
            Region region = region("Read regions", code);
            if (region.equals(primary)) {
                throw Refusal.invalid("Read regions can't include the primary region " + primary);
            }
            if (accepted.contains(region)) {
                throw Refusal.invalid("Read regions names " + region + " twice");
            }
            accepted.add(region);
        }
        return accepted;
    }

    Plan planForNew(@Nullable String id) {
        return id == null || id.isBlank() ? plans.defaultPlan() : openPlan(id);
    }

    /** The plan to move to from another; a database may stay on one that is not offered any more. */
    Plan planForMove(@Nullable String id, Plan current) {
        if (id == null || id.isBlank() || current.id().value().equals(id)) {
            return current;
        }
        return openPlan(id);
    }

    private Plan openPlan(String id) {
        Plan plan = plans.find(PlanId.of(id))
                .orElseThrow(() -> Refusal.invalid("Plan '" + id + "' does not exist; addOnPlans lists the plans"));
        if (!plan.open()) {
            throw Refusal.invalid("Plan " + plan.name() + " is no longer available");
        }
        return plan;
    }

    private Region region(String field, String code) {
        Region region;
        try {
            region = Region.of(code);
        } catch (InvalidRequestException malformed) {
            throw unknown(field, code);
        }
        if (regions.find(region).isEmpty()) {
            throw unknown(field, code);
        }
        if (excluded.contains(region)) {
            throw Refusal.invalid(field + " '" + code + "' is not available for Redis databases");
        }
        return region;
    }

    private Refusal unknown(String field, String code) {
        return Refusal.invalid(field + " '" + code + "' is not a region. Available: "
                + regions.all().stream()
                        .map(entry -> entry.region().code())
                        .filter(known -> !excluded.contains(Region.of(known)))
                        .collect(Collectors.joining(", ")));
    }
}
