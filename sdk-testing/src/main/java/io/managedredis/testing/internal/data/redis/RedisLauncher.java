package io.managedredis.testing.internal.data.redis;

import io.managedredis.testing.RedisUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts Redis servers of one binary. None of them outlives it, nor this JVM. Thread safe. */
public final class RedisLauncher implements AutoCloseable {

    /** A socket's path must fit the kernel's address structure, 104 bytes on macOS. */
    private static final int LONGEST_SOCKET_PATH = 100;

    private static final Path SHORT_TEMPORARY_DIRECTORY = Path.of("/tmp");
    private static final String SOCKET = "s";

    private final Path home;
    private final RedisGuard guard;
    private final AtomicInteger started = new AtomicInteger();

    private RedisLauncher(Path home, RedisGuard guard) {
        this.home = home;
        this.guard = guard;
    }

    /**
     * A launcher for this binary.
     *
     * @throws RedisUnavailableException when servers cannot be started here
     */
    public static RedisLauncher create(RedisBinary binary) {
        Path home = createHome();
        try {
            return new RedisLauncher(home, RedisGuard.start(binary, home));
        } catch (RuntimeException cannotStart) {
            Directories.delete(home);
            throw cannotStart;
        }
    }

    /** Starts a server. It does not answer yet: see {@link RedisProcess#awaitListening}. */
    public RedisProcess start(RedisSettings settings) {
        Path directory = home.resolve(Integer.toString(started.incrementAndGet()));
        Path socket = directory.resolve(SOCKET);
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(directory, ownerOnly);
            Path file = Files.createFile(
                    directory.resolve("redis.conf"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, settings.configuration(directory, socket), StandardCharsets.UTF_8);
        } catch (IOException cannotWrite) {
            throw new RedisUnavailableException(
                    "cannot write the settings of a Redis server to " + directory + ": " + cannotWrite.getMessage(),
                    cannotWrite);
        }
        return new RedisProcess(guard, guard.startServer(directory), directory, socket);
    }

    /** Ends every server and removes their files. Nothing is left on return. */
    @Override
    public void close() {
        guard.close();
        Directories.delete(home);
    }

    private static Path createHome() {
        try {
            Path home = Files.createTempDirectory("managed-redis-").toRealPath();
            if (home.resolve("1000000").resolve(SOCKET).toString().getBytes(StandardCharsets.UTF_8).length
                    > LONGEST_SOCKET_PATH) {
                Files.delete(home);
                home = Files.createTempDirectory(SHORT_TEMPORARY_DIRECTORY, "managed-redis-");
            }
            return home;
        } catch (IOException cannotCreate) {
            throw new RedisUnavailableException(
                    "cannot create a temporary directory for the Redis servers: " + cannotCreate.getMessage(),
                    cannotCreate);
        }
    }
}
