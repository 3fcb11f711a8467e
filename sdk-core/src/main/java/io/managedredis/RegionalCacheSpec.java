package io.managedredis;

import io.managedredis.error.InvalidRequestException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cache that each region has for itself: one database a region, with eviction and without read replicas, named after the
 * cache and the region. Replicas are no good for that, because they cannot be written to locally. Immutable.
 *
 * @param name the cache's name
 * @param organization the short name of the organization that owns the databases, or null for the only or personal one
 * @param regions where it is
 * @param plan the plan of each database, or null for the provider's default
 */
public record RegionalCacheSpec(
        String name,
        @Nullable String organization,
        List<Region> regions,
        @Nullable PlanId plan) {

    /**
     * Checks the parts.
     *
     * @throws InvalidRequestException when there is no region or one is named twice, or a name is not well formed
     */
    public RegionalCacheSpec {
        Objects.requireNonNull(name, "name");
        regions = List.copyOf(regions);
        if (regions.isEmpty()) {
            throw new InvalidRequestException("regions", "the cache is in no region", "one region or more");
        }
        if (new HashSet<>(regions).size() != regions.size()) {
            throw new InvalidRequestException("regions", "a region is named twice in " + regions, "each region once");
        }
        for (Region region : regions) {
            specIn(name, organization, region, plan);
        }
    }

    /** A cache with this name in these regions. */
    public static RegionalCacheSpec of(String name, Collection<Region> regions) {
        return new RegionalCacheSpec(name, null, List.copyOf(regions), null);
    }

    /** A cache with this name in these regions, by code. */
    public static RegionalCacheSpec of(String name, String... codes) {
        return of(name, Arrays.stream(codes).map(Region::of).toList());
    }

    /** The same, owned by this organization. */
    public RegionalCacheSpec organization(String slug) {
        return new RegionalCacheSpec(name, Objects.requireNonNull(slug, "slug"), regions, plan);
    }

    /** The same, on this plan. */
    public RegionalCacheSpec plan(PlanId idOrName) {
        return new RegionalCacheSpec(name, organization, regions, Objects.requireNonNull(idOrName, "idOrName"));
    }

    /** The specification of the database in a region. */
    public DatabaseSpec databaseIn(Region region) {
        return specIn(name, organization, region, plan);
    }

    private static DatabaseSpec specIn(
            String name, @Nullable String organization, Region region, @Nullable PlanId plan) {
        return new DatabaseSpec(
                name + "-" + region, organization, region, List.of(), plan, Eviction.ENABLED, null, null);
    }
}
