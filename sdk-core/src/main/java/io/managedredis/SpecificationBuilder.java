package io.managedredis;

import io.managedredis.error.InvalidRequestException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a database that is to be. Not safe for use by several threads.
 *
 * @param <B> the builder itself
 */
public abstract sealed class SpecificationBuilder<B extends SpecificationBuilder<B>>
        permits DatabaseSpec.Builder, DatabaseDefinition {

    private final String name;
    private @Nullable String organization;
    private @Nullable Region primaryRegion;
    private List<Region> readRegions = List.of();
    private @Nullable PlanId plan;
    private @Nullable Eviction eviction;
    private @Nullable Boolean autoUpgrade;
    private @Nullable Boolean prodPack;

    SpecificationBuilder(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /** The short name of the organization that owns it. Default: the only one the token shows, or the personal one. */
    public B organization(String slug) {
        organization = Objects.requireNonNull(slug, "slug");
        return self();
    }

    /** Where writes are processed. Required; cannot be changed later. */
    public B primaryRegion(Region region) {
        primaryRegion = Objects.requireNonNull(region, "region");
        return self();
    }

    /** Where writes are processed, by code. Required; cannot be changed later. */
    public B primaryRegion(String code) {
        return primaryRegion(Region.of(code));
    }

    /** Where read replicas are, all of them. Default: none. */
    public B readRegions(Collection<Region> regions) {
        readRegions = List.copyOf(regions);
        return self();
    }

    /** Where read replicas are, all of them, by code. Default: none. */
    public B readRegions(String... codes) {
        return readRegions(Arrays.stream(codes).map(Region::of).toList());
    }

    /** The plan, by identifier or by name. Default: the provider's. */
    public B plan(PlanId idOrName) {
        plan = Objects.requireNonNull(idOrName, "idOrName");
        return self();
    }

    /** What happens when the data reaches the plan's size. Default: the provider's, which is to refuse writes. */
    public B eviction(Eviction value) {
        eviction = Objects.requireNonNull(value, "value");
        return self();
    }

    /** Whether a full database moves to the next larger plan; for fixed plans only. Default: the provider's. */
    public B autoUpgrade(boolean value) {
        autoUpgrade = value;
        return self();
    }

    /** Whether the production features are on, which cost extra. Default: the provider's. */
    public B prodPack(boolean value) {
        prodPack = value;
        return self();
    }

    /**
     * The specification.
     *
     * @throws InvalidRequestException when the primary region is missing, the name is not well formed, or the read regions
     *     contain the primary or one region twice
     */
    public DatabaseSpec build() {
        if (primaryRegion == null) {
            throw new InvalidRequestException(
                    "primaryRegion", "the primary region is missing", "a region's code, such as 'mad'");
        }
        return new DatabaseSpec(name, organization, primaryRegion, readRegions, plan, eviction, autoUpgrade, prodPack);
    }

    abstract B self();
}
