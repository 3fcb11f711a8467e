package io.managedredis.examples.cli;

import static org.awaitility.Awaitility.await;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import io.managedredis.testing.LocalManagedRedis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The command line as a program of its own, on a terminal of its own. */
final class PseudoTerminal implements AutoCloseable {

    private static final char CONTROL_C = 3;

    private final PtyProcess process;
    private final StringBuffer screen = new StringBuffer();
    private final Thread reader;

    private PseudoTerminal(PtyProcess process) {
        this.process = process;
        this.reader = new Thread(this::read, "screen");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it; where this machine has no pseudo-terminals, the test is skipped. */
    static PseudoTerminal start(LocalManagedRedis service, Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ManagedRedisCli.class.getName(),
                "redis"));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.remove("NO_COLOR");
        environment.put("TERM", "xterm-256color");
        environment.put("FLY_API_BASE_URL", service.apiUri().toString());
        environment.put("FLY_ACCESS_TOKEN", service.token().reveal());
        environment.putAll(variables);
        try {
            return new PseudoTerminal(new PtyProcessBuilder(command.toArray(String[]::new))
                    .setEnvironment(environment)
                    .setInitialColumns(200)
                    .setInitialRows(50)
                    .start());
        } catch (IOException | LinkageError none) {
            return Assumptions.abort("no pseudo-terminal can be had on this machine: " + none);
        }
    }

    /** Everything that was written to the terminal. */
    String screen() {
        return screen.toString().replace("\r\n", "\n");
    }

    /** What is left to see when marks are taken away. */
    String text() {
        return screen().replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "");
    }

    PseudoTerminal awaitText(String expected) {
        await().atMost(Duration.ofSeconds(60)).until(this::text, text -> text.contains(expected));
        return this;
    }

    PseudoTerminal type(String line) {
        return send(line + "\r");
    }

    PseudoTerminal pressControlC() {
        return send(String.valueOf(CONTROL_C));
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the program has not ended; its terminal shows: " + screen());
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private PseudoTerminal send(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void read() {
        byte[] some = new byte[4_096];
        try (InputStream in = process.getInputStream()) {
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                screen.append(new String(some, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException ended) {
            // The other end of a terminal is gone when the program is.
        }
    }
}
