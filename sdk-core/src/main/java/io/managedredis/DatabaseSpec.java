package io.managedredis;

import io.managedredis.error.InvalidRequestException;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a database should be. Immutable, and checked as far as that is possible without asking the provider.
 *
 * <p>A specification always has a name, because the name is what makes a repeated creation recognizable: one specification
 * never becomes two databases. Read regions are stated completely, none meaning none; every other part that is null is left
 * to the provider at creation, and left as it is later.
 *
 * @param name the database's name: letters in lower case, digits and hyphens, at most {@value #MAX_NAME_LENGTH}
 * @param organization the short name of the organization that owns it, or null for the only or personal one
 * @param primaryRegion where writes are processed
 * @param readRegions where read replicas are
 * @param plan the identifier or the name of the plan, or null
 * @param eviction what happens when the data reaches the plan's size, or null
 * @param autoUpgrade whether a full database moves to the next larger plan, or null
 * @param prodPack whether the production features are on, or null
 */
public record DatabaseSpec(
        String name,
        @Nullable String organization,
        Region primaryRegion,
        List<Region> readRegions,
        @Nullable PlanId plan,
        @Nullable Eviction eviction,
        @Nullable Boolean autoUpgrade,
        @Nullable Boolean prodPack) {

    /** The longest name: with the provider's prefix it is one label of a host name. */
    public static final int MAX_NAME_LENGTH = 59;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final int GENERATED_LENGTH = 12;

    /**
     * Checks the parts.
     *
     * @throws InvalidRequestException when the name is not well formed, or the read regions contain the primary or one region
     *     twice
     */
    public DatabaseSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(primaryRegion, "primaryRegion");
        readRegions = List.copyOf(readRegions);
        checkName(name);
        if (organization != null && organization.isBlank()) {
            throw new InvalidRequestException(
                    "organization", "the organization is blank", "an organization's short name, or nothing at all");
        }
        checkReadRegions(primaryRegion, readRegions);
    }

    /** A specification of the database with this name. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** A specification of a database whose name does not matter: one that nobody else has is drawn now. */
    public static Builder unnamed() {
        return unnamed(new SecureRandom());
    }

    /** A specification of a database whose name is drawn now from the given source. */
    public static Builder unnamed(RandomGenerator random) {
        StringBuilder name = new StringBuilder("redis-");
        for (int i = 0; i < GENERATED_LENGTH; i++) {
            name.append(Character.forDigit(random.nextInt(Character.MAX_RADIX), Character.MAX_RADIX));
        }
        return new Builder(name.toString());
    }

    /** A builder that starts from this specification, for a database with another name. */
    public Builder withName(String newName) {
        Builder builder = new Builder(newName).primaryRegion(primaryRegion).readRegions(readRegions);
        if (organization != null) {
            builder.organization(organization);
        }
        if (plan != null) {
            builder.plan(plan);
        }
        if (eviction != null) {
            builder.eviction(eviction);
        }
        if (autoUpgrade != null) {
            builder.autoUpgrade(autoUpgrade);
        }
        if (prodPack != null) {
            builder.prodPack(prodPack);
        }
        return builder;
    }

    /** A builder that starts from this specification. */
    public Builder toBuilder() {
        return withName(name);
    }

    private static void checkName(String name) {
        if (name.isBlank()) {
            throw invalidName("the name is blank");
        }
        if (name.length() > MAX_NAME_LENGTH) {
            throw invalidName("the name has " + name.length() + " characters");
        }
        if (!NAME.matcher(name).matches()) {
            throw invalidName("'" + name + "' is not a database name");
        }
    }

    private static InvalidRequestException invalidName(String problem) {
        return new InvalidRequestException(
                "name",
                problem,
                "1 to " + MAX_NAME_LENGTH
                        + " letters in lower case, digits and hyphens, with no hyphen at either end, such as 'sessions'");
    }

    static void checkReadRegions(Region primaryRegion, List<Region> readRegions) {
        Set<Region> seen = new LinkedHashSet<>();
        for (Region region : readRegions) {
            if (region.equals(primaryRegion)) {
                throw new InvalidRequestException(
                        "readRegions",
                        "the read region '" + region + "' is the primary region already",
                        "regions other than the primary, which serves reads too");
            }
            if (!seen.add(region)) {
                throw new InvalidRequestException(
                        "readRegions", "the read region '" + region + "' is named twice", "each region once");
            }
        }
    }

    /** Builds a specification. Not safe for use by several threads. */
    public static final class Builder extends SpecificationBuilder<Builder> {

        Builder(String name) {
            super(name);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
