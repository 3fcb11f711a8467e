package io.managedredis.testing;

import io.managedredis.Region;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a client of the local service stands. Addresses are given for a vantage: bytes to them travel the distance from there.
 *
 * @param region the region the client is in, or null for a client that stands beside whatever it calls
 */
public record Vantage(@Nullable Region region) {

    /** A client that stands beside whatever it calls: no distance is added, and the nearest region is the primary's. */
    public static Vantage beside() {
        return new Vantage(null);
    }

    /** A client in this region. */
    public static Vantage from(Region region) {
        return new Vantage(Objects.requireNonNull(region, "region"));
    }

    /** A client in the region with this code. */
    public static Vantage from(String region) {
        return from(Region.of(region));
    }
}
