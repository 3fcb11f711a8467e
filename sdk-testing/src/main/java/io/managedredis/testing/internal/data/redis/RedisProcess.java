package io.managedredis.testing.internal.data.redis;

import io.managedredis.testing.RedisUnavailableException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One running Redis server. Thread safe. */
public final class RedisProcess implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(1);
    private static final int LOG_LINES_SHOWN = 5;

    private final RedisGuard guard;
    private final long pid;
    private final Path directory;
    private final Path socket;

    RedisProcess(RedisGuard guard, long pid, Path directory, Path socket) {
        this.guard = guard;
        this.pid = pid;
        this.directory = directory;
        this.socket = socket;
    }

    /** The process id. */
    public long pid() {
        return pid;
    }

    /** Where the server listens, from {@link #awaitListening} on. */
    public UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(socket);
    }

    /**
     * Returns when the server accepts connections.
     *
     * @throws RedisUnavailableException when it ends instead, or does not within the time; shows the end of its log
     */
    public void awaitListening(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isListening()) {
            if (!isRunning()) {
                throw new RedisUnavailableException("a Redis server ended right after its start: " + endOfLog());
            }
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                throw new RedisUnavailableException(
                        "a Redis server did not accept connections within " + timeout + ": " + endOfLog());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private boolean isListening() {
        if (Files.notExists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(address())) {
            return channel.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether the process is there; one that ended and waits for its parent to notice shows no command. */
    private boolean isRunning() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().command())
                .isPresent();
    }

    private String endOfLog() {
        try (Stream<String> lines = Files.lines(directory.resolve("redis.log"))) {
            List<String> all = lines.toList();
            return String.join(" | ", all.subList(Math.max(0, all.size() - LOG_LINES_SHOWN), all.size()));
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return "its log cannot be read";
        }
    }

    /** Ends the server at once and removes its files. */
    @Override
    public void close() {
        guard.stopServer(pid);
        Directories.delete(directory);
    }
}
