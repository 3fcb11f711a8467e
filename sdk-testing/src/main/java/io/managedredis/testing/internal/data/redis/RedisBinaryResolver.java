package io.managedredis.testing.internal.data.redis;

import io.managedredis.testing.RedisUnavailableException;
import io.managedredis.testing.internal.data.redis.RedisBinary.Origin;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a Redis to run: the explicit path when there is one, else the bundled binary, else {@code PATH}. */
public final class RedisBinaryResolver {

    private static final Logger LOG = LoggerFactory.getLogger(RedisBinaryResolver.class);
    private static final Pattern VERSION = Pattern.compile("\\bv=(\\S+)");
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(10);

    private final Platform platform;
    private final String searchPath;

    RedisBinaryResolver(Platform platform, String searchPath) {
        this.platform = platform;
        this.searchPath = searchPath;
    }

    /** A resolver for this machine. */
    public static RedisBinaryResolver forThisMachine() {
        return new RedisBinaryResolver(Platform.current(), System.getenv().getOrDefault("PATH", ""));
    }

    /**
     * The binary to use.
     *
     * @param explicit a file that must be used, whatever else there is
     * @throws RedisUnavailableException when the explicit file does not run, or nothing is found; says what to do
     */
    public RedisBinary resolve(Optional<Path> explicit) {
        if (platform.isWindows()) {
            throw new RedisUnavailableException("Redis does not run on Windows (" + platform
                    + "). Run on Linux or macOS, or inside the Windows Subsystem for Linux");
        }
        RedisBinary binary = explicit.map(this::explicit).orElseGet(this::search);
        LOG.info("Using Redis {} ({}): {}", binary.version(), binary.origin(), binary.path());
        return binary;
    }

    private RedisBinary explicit(Path path) {
        try {
            return probe(path, Origin.EXPLICIT);
        } catch (IOException unusable) {
            throw new RedisUnavailableException(
                    "the Redis binary given, " + path + ", cannot be used on " + platform + ": " + unusable.getMessage()
                            + ". Name an executable redis-server, or none to use the bundled one",
                    unusable);
        }
    }

    private RedisBinary search() {
        List<String> problems = new ArrayList<>();
        try {
            Optional<Path> bundled = BundledRedis.path(platform);
            if (bundled.isPresent()) {
                return probe(bundled.get(), Origin.BUNDLED);
            }
            problems.add("no bundled binary for this platform");
        } catch (IOException unusable) {
            problems.add("the bundled binary cannot be used (" + unusable.getMessage() + ")");
        }
        for (Path candidate : onSearchPath()) {
            try {
                return probe(candidate, Origin.PATH);
            } catch (IOException unusable) {
                problems.add(candidate + " cannot be used (" + unusable.getMessage() + ")");
            }
        }
        problems.add("no usable redis-server on PATH");
        throw new RedisUnavailableException("no Redis for " + platform + ": " + String.join("; ", problems)
                + ". Install redis-server so that it is on PATH, or give the path of one explicitly");
    }

    private List<Path> onSearchPath() {
        List<Path> candidates = new ArrayList<>();
        for (String directory : searchPath.split(Pattern.quote(File.pathSeparator))) {
            Path candidate = Path.of(directory, "redis-server");
            if (!directory.isEmpty() && Files.isExecutable(candidate)) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    private static RedisBinary probe(Path path, Origin origin) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("there is no such file");
        }
        if (!Files.isExecutable(path)) {
            throw new IOException("it is not executable");
        }
        Process process = new ProcessBuilder(path.toAbsolutePath().toString(), "--version")
                .redirectErrorStream(true)
                .start();
        try (InputStream stdout = process.getInputStream()) {
            process.getOutputStream().close();
            if (!process.waitFor(VERSION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("it did not tell its version within " + VERSION_TIMEOUT.toSeconds() + " s");
            }
            String output = new String(stdout.readNBytes(1_000), StandardCharsets.UTF_8).strip();
            Matcher version = VERSION.matcher(output);
            if (process.exitValue() != 0 || !output.startsWith("Redis server") || !version.find()) {
                throw new IOException("it does not answer --version as a Redis server does");
            }
            return new RedisBinary(path.toAbsolutePath(), origin, version.group(1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for its version", interrupted);
        } finally {
            process.destroyForcibly();
        }
    }
}
