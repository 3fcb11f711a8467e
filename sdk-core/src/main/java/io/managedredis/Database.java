package io.managedredis;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database as the provider described it at one moment. Immutable; ask again for a newer state.
 *
 * @param id identifies it for changes
 * @param name its name, unique and never changed
 * @param organization the short name of the organization that owns it
 * @param planId the identifier of its plan, or null where the provider does not say
 * @param planName the name of its plan for people, or null where the provider does not say
 * @param primaryRegion where writes are processed; never changes
 * @param readRegions where read replicas are
 * @param status its state
 * @param errorMessage what went wrong with it, or null
 * @param options its options
 * @param endpoints where it is reached, or null while the provider has given no address
 * @param createdAt when it was created, by the provider's clock
 * @param updatedAt when it was changed last, by the provider's clock
 */
public record Database(
        DatabaseId id,
        String name,
        String organization,
        @Nullable PlanId planId,
        @Nullable String planName,
        Region primaryRegion,
        List<Region> readRegions,
        DatabaseStatus status,
        @Nullable String errorMessage,
        DatabaseOptions options,
        @Nullable Endpoints endpoints,
        Instant createdAt,
        Instant updatedAt) {

    /** Copies the list, and checks that nothing is missing. */
    public Database {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(organization, "organization");
        Objects.requireNonNull(primaryRegion, "primaryRegion");
        readRegions = List.copyOf(readRegions);
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
    }

    /** What happens when the data reaches the plan's size. */
    public Eviction eviction() {
        return options.eviction();
    }

    /**
     * Whether it can be used: the provider says so, or it gives an address and no state at all.
     */
    public boolean isReady() {
        return status.isReady() || (status.equals(DatabaseStatus.UNKNOWN) && endpoints != null);
    }

    /**
     * The address of the primary as a plain URI, password included, for handing to other clients and not for printing; empty
     * while there is no address.
     */
    public Optional<URI> uri() {
        return Optional.ofNullable(endpoints).map(known -> known.primaryUrl().toUri());
    }

    /**
     * The address that leads to a region as a plain URI, password included: the region's own where there is one, the single
     * address where the platform routes; empty where there is neither.
     */
    public Optional<URI> uri(Region region) {
        return Optional.ofNullable(endpoints)
                .flatMap(known -> known.urlFor(region))
                .map(RedisUrl::toUri);
    }
}
