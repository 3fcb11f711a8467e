package io.managedredis.testing.internal.data.redis;

import io.managedredis.testing.RedisUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell that is the parent of all Redis servers of one service. It ends them, and removes their files, as soon as its
 * standard input ends: at {@link #close()}, or when the kernel closes the pipe of a JVM that died, even by kill -9.
 *
 * <p>One shell for all servers keeps a start at the price of a fork, and costs the JVM one thread whatever their number.
 * Thread safe.
 */
final class RedisGuard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisGuard.class);
    private static final String SCRIPT = "guard.sh";
    private static final long END_TIMEOUT_SECONDS = 10;

    private final Process shell;
    private final OutputStream orders;
    private final BufferedReader answers;
    private final Set<Long> running = new LinkedHashSet<>();
    private boolean closed;

    private RedisGuard(Process shell) {
        this.shell = shell;
        this.orders = shell.getOutputStream();
        this.answers = shell.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts the shell.
     *
     * @param home the directory under which all servers have theirs; removed at the end
     */
    static RedisGuard start(RedisBinary binary, Path home) {
        Path leftover =
                binary.origin() == RedisBinary.Origin.BUNDLED ? binary.path().getParent() : null;
        try {
            Process shell = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            script(),
                            "guard",
                            binary.path().toString(),
                            home.toString(),
                            leftover == null ? "" : leftover.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new RedisGuard(shell);
        } catch (IOException cannotStart) {
            throw new RedisUnavailableException(
                    "cannot start /bin/sh, which guards the Redis servers: " + cannotStart.getMessage(), cannotStart);
        }
    }

    /** Starts a server on the {@code redis.conf} in this directory and returns its process id. */
    synchronized long startServer(Path directory) {
        long pid = Long.parseLong(order("start " + directory));
        running.add(pid);
        return pid;
    }

    /** Ends a server. It is gone on return. */
    synchronized void stopServer(long pid) {
        if (!closed && running.remove(pid)) {
            order("stop " + pid);
        }
    }

    private String order(String line) {
        if (closed) {
            throw new IllegalStateException("the Redis servers of this service have been ended");
        }
        try {
            orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("it ended");
            }
            return answer;
        } catch (IOException gone) {
            throw new RedisUnavailableException(
                    "the shell that guards the Redis servers is gone: " + gone.getMessage(), gone);
        }
    }

    /** Ends every server and removes their files. Nothing is left on return. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (orders;
                answers) {
            orders.write("end\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            LOG.debug("The guard of the Redis servers was gone before its end", gone);
        }
        boolean interrupted = false;
        try {
            if (!shell.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The guard of the Redis servers, process {}, does not end", shell.pid());
            }
        } catch (InterruptedException stop) {
            interrupted = true;
        }
        endSurvivors();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Servers outlive a guard that was itself killed; they are ours to end. */
    private void endSurvivors() {
        if (shell.isAlive() || shell.exitValue() != 0) {
            running.forEach(pid -> ProcessHandle.of(pid)
                    .filter(handle -> handle.info().command().orElse("").contains("redis"))
                    .ifPresent(ProcessHandle::destroyForcibly));
        }
        running.clear();
    }

    private static String script() {
        try (InputStream resource = RedisGuard.class.getResourceAsStream(SCRIPT)) {
            if (resource == null) {
                throw new IllegalStateException(SCRIPT + " is missing beside " + RedisGuard.class.getName());
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
