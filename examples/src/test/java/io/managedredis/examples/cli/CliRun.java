package io.managedredis.examples.cli;

import io.managedredis.testing.LocalManagedRedis;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the command line in this process against a local service, and keeps what it printed. */
final class CliRun {

    private final LocalManagedRedis service;
    private final Path tokenFile;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Interrupts interrupts = new Interrupts();
    private final Map<String, String> environment = new HashMap<>();
    private boolean terminal;
    private String input = "";

    CliRun(LocalManagedRedis service, Path folder) {
        this.service = service;
        this.tokenFile = folder.resolve("token");
        token(service.token().reveal());
    }

    CliRun token(String token) {
        try {
            Files.writeString(tokenFile, token + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return this;
    }

    /** Types these lines on a terminal. */
    CliRun typing(String... lines) {
        terminal = true;
        input = String.join("\n", lines) + "\n";
        return this;
    }

    CliRun piping(String text) {
        input = text;
        return this;
    }

    CliRun environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs {@code managed-redis redis …}. */
    int redis(String... arguments) {
        List<String> all = new ArrayList<>(List.of("redis"));
        all.addAll(List.of(arguments));
        all.addAll(1 + 1, List.of("--api-url", service.apiUri().toString(), "--token-file", tokenFile.toString()));
        return run(all.toArray(String[]::new));
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        return ManagedRedisCli.run(
                new Shell(
                        new BufferedReader(new StringReader(input)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        terminal,
                        environment,
                        interrupts),
                arguments);
    }

    void pressControlC() {
        interrupts.fire();
    }

    String out() {
        return text(out);
    }

    /** What was printed, without marks for a terminal. */
    String plainOut() {
        return out().replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "");
    }

    String err() {
        return text(err);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
