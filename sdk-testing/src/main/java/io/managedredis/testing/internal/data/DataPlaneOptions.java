package io.managedredis.testing.internal.data;

import io.managedredis.testing.Distances;
import io.managedredis.testing.Face;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What a data plane can be told.
 *
 * @param redisBinary the Redis to use; without it the bundled one, else the one on {@code PATH}
 * @param face which commands databases offer
 * @param limited whether databases keep to the limits of their plans
 * @param distances how far regions are from each other
 * @param bindAddress where gateways listen
 * @param clock tells the days and seconds that limits count in
 * @param seed makes what is random repeatable, jitter for one
 */
public record DataPlaneOptions(
        Optional<Path> redisBinary,
        Face face,
        boolean limited,
        Distances distances,
        InetAddress bindAddress,
        Clock clock,
        long seed) {

    /** The bundled Redis, the managed face, great circles, loopback only, the system's clock. */
    public static DataPlaneOptions defaults() {
        return new DataPlaneOptions(
                Optional.empty(),
                Face.MANAGED,
                true,
                Distances.greatCircle(),
                InetAddress.getLoopbackAddress(),
                Clock.systemUTC(),
                1);
    }

    /** These with another face. */
    public DataPlaneOptions with(Face other) {
        return new DataPlaneOptions(redisBinary, other, limited, distances, bindAddress, clock, seed);
    }

    /** These with other distances. */
    public DataPlaneOptions with(Distances other) {
        return new DataPlaneOptions(redisBinary, face, limited, other, bindAddress, clock, seed);
    }

    /** These with another clock. */
    public DataPlaneOptions with(Clock other) {
        return new DataPlaneOptions(redisBinary, face, limited, distances, bindAddress, other, seed);
    }

    /** These with plans that limit nothing. */
    public DataPlaneOptions withoutLimits() {
        return new DataPlaneOptions(redisBinary, face, false, distances, bindAddress, clock, seed);
    }
}
