package io.managedredis.benchmarks.service;

import io.managedredis.benchmarks.Benchmarks;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The libraries for tests that start one Redis server. Their classes have the same names, so each needs a JVM of its own. */
enum EmbeddedPeer {
    SIGNAL("embedded-redis (org.signal), one server", ""),
    CODEMONSTUR("embedded-redis (com.github.codemonstur), one server", "codemonstur"),
    KSTYRC("embedded-redis (com.github.kstyrc), one server", "kstyrc");

    private final String label;
    private final String directory;

    EmbeddedPeer(String label, String directory) {
        this.label = label;
        this.directory = directory;
    }

    /** The name in results. */
    String label() {
        return label;
    }

    /** What to put in front of the class path; empty when the build has not collected it. */
    Optional<String> classPathPrefix() throws URISyntaxException {
        if (directory.isEmpty()) {
            return Optional.of("");
        }
        Path built = Path.of(Benchmarks.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolveSibling("peers")
                .resolve(directory);
        return Files.isDirectory(built) ? Optional.of(built.resolve("*") + File.pathSeparator) : Optional.empty();
    }
}
