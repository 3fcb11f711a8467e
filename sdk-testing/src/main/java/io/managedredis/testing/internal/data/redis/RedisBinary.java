package io.managedredis.testing.internal.data.redis;

import java.nio.file.Path;

/**
 * A Redis server that can be run here.
 *
 * @param path the executable
 * @param origin how it was found
 * @param version what it says of itself, such as {@code 7.0.15}
 */
public record RedisBinary(Path path, Origin origin, String version) {

    /** How a binary was found, in the order in which the places are looked at. */
    public enum Origin {
        /** The caller named the file. */
        EXPLICIT,
        /** Taken out of the carrier library. */
        BUNDLED,
        /** Found among the directories of {@code PATH}. */
        PATH
    }
}
