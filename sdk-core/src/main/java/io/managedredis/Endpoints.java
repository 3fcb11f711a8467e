package io.managedredis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where a database is reached, and who routes. Which of the two shapes a deployment has is stated by its addresses and never
 * guessed.
 */
public sealed interface Endpoints permits Endpoints.ByPlatform, Endpoints.ByRegion {

    /** Who decides which region serves a command. */
    Routing routing();

    /** The address that leads to the primary, or that the platform routes to it. */
    RedisUrl primaryUrl();

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
    }
}
