package io.managedredis;

import io.managedredis.error.InvalidRequestException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which databases to list. Null means any. The organization is applied by the provider, everything else by this client.
 *
 * @param organization the short name of the organization that owns them
 * @param namePrefix how their names begin
 * @param region where their primary or one of their read replicas is
 * @param plan the identifier or the name of their plan
 * @param pageSize how many to ask for at a time, 1 to {@value #MAX_PAGE_SIZE}; the provider may give fewer
 */
public record DatabaseFilter(
        @Nullable String organization,
        @Nullable String namePrefix,
        @Nullable Region region,
        @Nullable PlanId plan,
        int pageSize) {

    /** The largest page. */
    public static final int MAX_PAGE_SIZE = 1_000;

    private static final DatabaseFilter ALL = new DatabaseFilter(null, null, null, null, 100);

    /**
     * Checks the page size.
     *
     * @throws InvalidRequestException when it is out of range
     */
    public DatabaseFilter {
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw new InvalidRequestException("pageSize", "a page of " + pageSize, "1 to " + MAX_PAGE_SIZE);
        }
    }

    /** Every database that the token shows, 100 at a time. */
    public static DatabaseFilter all() {
        return ALL;
    }

    /** The same, of one organization only. */
    public DatabaseFilter organization(String slug) {
        return new DatabaseFilter(Objects.requireNonNull(slug, "slug"), namePrefix, region, plan, pageSize);
    }

    /** The same, of those whose names begin so. */
    public DatabaseFilter namePrefix(String prefix) {
        return new DatabaseFilter(organization, Objects.requireNonNull(prefix, "prefix"), region, plan, pageSize);
    }

    /** The same, of those that are in a region with their primary or a read replica. */
    public DatabaseFilter region(Region in) {
        return new DatabaseFilter(organization, namePrefix, Objects.requireNonNull(in, "in"), plan, pageSize);
    }

    /** The same, of those on a plan. */
    public DatabaseFilter plan(PlanId idOrName) {
        return new DatabaseFilter(
                organization, namePrefix, region, Objects.requireNonNull(idOrName, "idOrName"), pageSize);
    }

    /** The same, so many at a time. */
    public DatabaseFilter pageSize(int size) {
        return new DatabaseFilter(organization, namePrefix, region, plan, size);
    }

    /** Whether the database is one of those meant. */
    public boolean matches(Database database) {
        return (organization == null || organization.equals(database.organization()))
                && (namePrefix == null || database.name().startsWith(namePrefix))
                && (region == null
                        || region.equals(database.primaryRegion())
                        || database.readRegions().contains(region))
                && (plan == null
                        || plan.equals(database.planId())
                        || plan.value().equalsIgnoreCase(database.planName()));
    }
}
