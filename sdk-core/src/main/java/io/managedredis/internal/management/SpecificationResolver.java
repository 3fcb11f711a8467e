package io.managedredis.internal.management;

import io.managedredis.DatabaseOptions;
import io.managedredis.DatabaseSpec;
import io.managedredis.Eviction;
import io.managedredis.Organization;
import io.managedredis.Plan;
import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.RegionInfo;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.port.NewDatabase;
import io.managedredis.internal.port.ProvisioningApi;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a specification against what the provider offers now, and finds the identifiers for the names in it. */
final class SpecificationResolver {

    private final ProvisioningApi api;

    SpecificationResolver(ProvisioningApi api) {
        this.api = api;
    }

    /** What to send to create the database; fails with {@code InvalidRequestException} where something is not offered. */
    CompletableFuture<ResolvedSpec> resolve(Call call, DatabaseSpec spec) {
        CompletableFuture<Organization> organization = organization(call, spec.organization());
        CompletableFuture<List<RegionInfo>> regions = api.regions(call).toCompletableFuture();
        CompletableFuture<Optional<Plan>> plan = spec.plan() == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : plan(call, spec.plan()).thenApply(Optional::of);
        return organization
                .thenCombine(regions, (owner, offered) -> {
                    checkRegions("primaryRegion", List.of(spec.primaryRegion()), offered, owner.paid());
                    checkRegions("readRegions", spec.readRegions(), offered, owner.paid());
                    return owner;
                })
                .thenCombine(
                        plan,
                        (owner, chosen) -> new ResolvedSpec(
                                new NewDatabase(
                                        spec.name(),
                                        owner.id(),
                                        spec.primaryRegion(),
                                        spec.readRegions(),
                                        chosen.map(Plan::id).orElse(null),
                                        options(spec)),
                                owner,
                                chosen.orElse(null)));
    }

    /** The plan that is meant by an identifier or a name. */
    CompletableFuture<Plan> plan(Call call, PlanId idOrName) {
        return api.plans(call)
                .toCompletableFuture()
                .thenApply(offered -> offered.stream()
                        .filter(plan -> plan.id().equals(idOrName))
                        .findFirst()
                        .or(() -> offered.stream()
                                .filter(plan -> plan.isNamed(idOrName))
                                .findFirst())
                        .orElseThrow(() -> new InvalidRequestException(
                                "plan",
                                "there is no plan '" + idOrName + "'",
                                listed(offered, plan -> plan.name() + " (" + plan.id() + ")"))));
    }

    /** Checks that databases can be in these regions. */
    static void checkRegions(String field, Collection<Region> wanted, List<RegionInfo> offered, boolean paid) {
        Map<Region, RegionInfo> known =
                offered.stream().collect(Collectors.toMap(RegionInfo::region, info -> info, (one, other) -> one));
        for (Region region : wanted) {
            String problem = problemWith(known.get(region), region, paid);
            if (problem != null) {
                List<RegionInfo> allowed = offered.stream()
                        .filter(info -> problemWith(info, info.region(), paid) == null)
                        .toList();
                throw new InvalidRequestException(
                        field, problem, listed(allowed, info -> info.region().code()));
            }
        }
    }

    private static @Nullable String problemWith(@Nullable RegionInfo info, Region region, boolean paid) {
        if (info == null) {
            return "there is no region '" + region + "'";
        }
        if (info.excluded()) {
            return "the region '" + region + "' (" + info.name() + ") has no managed Redis";
        }
        if (info.requiresPaidPlan() && !paid) {
            return "the region '" + region + "' (" + info.name() + ") is for organizations on a paid plan";
        }
        return null;
    }

    private CompletableFuture<Organization> organization(Call call, @Nullable String slug) {
        return api.organizations(call).toCompletableFuture().thenApply(shown -> choose(shown, slug));
    }

    private static Organization choose(List<Organization> shown, @Nullable String slug) {
        if (slug != null) {
            return shown.stream()
                    .filter(organization -> organization.slug().equals(slug))
                    .findFirst()
                    .orElseThrow(() -> new InvalidRequestException(
                            "organization",
                            "there is no organization '" + slug + "' that the token shows",
                            listed(shown, Organization::slug)));
        }
        if (shown.size() == 1) {
            return shown.get(0);
        }
        return shown.stream()
                .filter(organization -> organization.kind() == Organization.Kind.PERSONAL)
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "organization",
                        "no organization is named, and the token shows " + shown.size() + " of which none is personal",
                        listed(shown, Organization::slug)));
    }

    private static DatabaseOptions options(DatabaseSpec spec) {
        DatabaseOptions options = DatabaseOptions.none();
        if (spec.eviction() != null) {
            options = options.with(DatabaseOptions.EVICTION, spec.eviction() == Eviction.ENABLED);
        }
        if (spec.autoUpgrade() != null) {
            options = options.with(DatabaseOptions.AUTO_UPGRADE, spec.autoUpgrade());
        }
        if (spec.prodPack() != null) {
            options = options.with(DatabaseOptions.PROD_PACK, spec.prodPack());
        }
        return options;
    }

    private static <T> String listed(List<T> allowed, Function<T, String> name) {
        return allowed.isEmpty() ? "none" : allowed.stream().map(name).collect(Collectors.joining(", "));
    }
}
