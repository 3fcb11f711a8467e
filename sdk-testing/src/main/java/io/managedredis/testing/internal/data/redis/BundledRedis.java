package io.managedredis.testing.internal.data.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The binary that the carrier library has for this platform, taken out once per JVM and deleted when the JVM ends. */
final class BundledRedis {

    private static final String RESOURCE_PREFIX = "redis-server-7.0.15-";

    private BundledRedis() {}

    /**
     * Where the binary is, or nothing when the library is absent or has none for this platform.
     *
     * @throws IOException when it is there and cannot be written to a temporary directory
     */
    static Optional<Path> path(Platform platform) throws IOException {
        return platform.equals(Platform.current()) ? Extracted.ONCE.path() : extract(platform);
    }

    private static Optional<Path> extract(Platform platform) throws IOException {
        try (InputStream resource =
                BundledRedis.class.getClassLoader().getResourceAsStream(RESOURCE_PREFIX + platform)) {
            if (resource == null) {
                return Optional.empty();
            }
            Path directory = Files.createTempDirectory("managed-redis-binary-");
            directory.toFile().deleteOnExit();
            Path binary = directory.resolve("redis-server");
            binary.toFile().deleteOnExit();
            Files.copy(resource, binary);
            Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
            return Optional.of(binary);
        }
    }

    /** Initialisation of a class happens once, whoever comes first; the outcome is kept, be it a failure. */
    private record Extracted(Optional<Path> binary, Optional<IOException> failure) {

        static final Extracted ONCE = attempt();

        private static Extracted attempt() {
            try {
                return new Extracted(extract(Platform.current()), Optional.empty());
            } catch (IOException cannotWrite) {
                return new Extracted(Optional.empty(), Optional.of(cannotWrite));
            }
        }

        Optional<Path> path() throws IOException {
            if (failure.isPresent()) {
                throw new IOException(failure.get().getMessage(), failure.get());
            }
            return binary;
        }
    }
}
