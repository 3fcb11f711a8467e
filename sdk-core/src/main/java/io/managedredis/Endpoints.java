package io.managedredis;

import io.managedredis.error.ConfigurationException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.internal.EnvironmentEndpoints;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a database is reached, and who routes. Which of the two shapes a deployment has is stated by its addresses and never
 * guessed.
 */
public sealed interface Endpoints permits Endpoints.ByPlatform, Endpoints.ByRegion {

    /** What stands for the code of a region in a template. */
    String REGION_PLACE = "{region}";

    /** Who decides which region serves a command. */
    Routing routing();

    /** The address that leads to the primary, or that the platform routes to it. */
    RedisUrl primaryUrl();

    /**
     * The address that leads to the region: the region's own where there is one, the single address where the platform routes;
     * empty where the regions have addresses and this one has none.
     */
    Optional<RedisUrl> urlFor(Region region);

    /**
     * The addresses in this process's variables.
     *
     * @throws ConfigurationException when there are none
     * @see #fromEnvironment(Map)
     */
    static Endpoints fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * The addresses in the given variables: one for each region where {@code REDIS_PRIMARY_URL} is set (then
     * {@code PRIMARY_REGION} names the primary's region, and {@code REDIS_REPLICA_URL_AMS} is the replica in {@code ams};
     * hyphens in a code are underscores), otherwise the single address in {@code REDIS_URL}.
     *
     * @throws ConfigurationException when neither is set, {@code PRIMARY_REGION} is missing, or an address cannot be read
     */
    static Endpoints fromEnvironment(Map<String, String> variables) {
        return EnvironmentEndpoints.read(variables);
    }

    /**
     * An address for each region, made from a template: {@code redis://default:secret@{region}.redis.internal} with the code of
     * the region in the place of {@code {region}}.
     *
     * @throws InvalidRequestException when the template has no such place, or does not become an address
     */
    static Endpoints.ByRegion fromTemplate(String template, Region primaryRegion, Collection<Region> readRegions) {
        if (!template.contains(REGION_PLACE)) {
            throw new InvalidRequestException(
                    "template",
                    "the template has no place for the region",
                    "an address with " + REGION_PLACE + " in it");
        }
        Map<Region, RedisUrl> replicas = new LinkedHashMap<>();
        readRegions.forEach(
                region -> replicas.put(region, RedisUrl.parse(template.replace(REGION_PLACE, region.code()))));
        return new ByRegion(
                primaryRegion, RedisUrl.parse(template.replace(REGION_PLACE, primaryRegion.code())), replicas);
    }

    /**
     * One address for all regions; the platform leads it to the nearest replica, or to the primary.
     *
     * @param url the address
     */
    record ByPlatform(RedisUrl url) implements Endpoints {

        /** Checks that the address is there. */
        public ByPlatform {
            Objects.requireNonNull(url, "url");
        }

        @Override
        public Routing routing() {
            return Routing.BY_PLATFORM;
        }

        @Override
        public RedisUrl primaryUrl() {
            return url;
        }

        @Override
        public Optional<RedisUrl> urlFor(Region region) {
            return Optional.of(url);
        }
    }

    /**
     * An address for each region.
     *
     * @param primaryRegion the region of the primary
     * @param primaryUrl the address of the primary
     * @param replicas the address of each replica by its region, in the order given; may be empty
     */
    record ByRegion(Region primaryRegion, RedisUrl primaryUrl, Map<Region, RedisUrl> replicas) implements Endpoints {

        /** Copies the map. */
        public ByRegion {
            Objects.requireNonNull(primaryRegion, "primaryRegion");
            Objects.requireNonNull(primaryUrl, "primaryUrl");
            replicas = Collections.unmodifiableMap(new LinkedHashMap<>(replicas));
        }

        @Override
        public Routing routing() {
            return Routing.BY_REGION;
        }

        @Override
        public Optional<RedisUrl> urlFor(Region region) {
            return region.equals(primaryRegion) ? Optional.of(primaryUrl) : Optional.ofNullable(replicas.get(region));
        }
    }
}
