package io.managedredis.benchmarks.support;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program run in a fresh JVM with the class path of this one. */
public final class ChildJvm {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Class<?> program;
    private final List<String> jvmOptions;

    private ChildJvm(Class<?> program, List<String> jvmOptions) {
        this.program = program;
        this.jvmOptions = jvmOptions;
    }

    /** The {@code main} of this class, with these options for the JVM. */
    public static ChildJvm of(Class<?> program, String... jvmOptions) {
        return new ChildJvm(program, List.of(jvmOptions));
    }

    /**
     * Runs the program to its end.
     *
     * @return when it said its first line on its standard output, and what
     * @throws IOException when it fails, says nothing, or takes more than five minutes
     */
    public Answer run(String... arguments) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("benchmark-", ".err");
        try {
            return run(errors.toFile(), arguments);
        } catch (IOException failed) {
            failed.addSuppressed(new IOException(Files.readString(errors)));
            throw failed;
        } finally {
            Files.delete(errors);
        }
    }

    private Answer run(File errors, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(errors).start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).whenComplete((ended, late) -> {
                if (late != null) {
                    process.destroyForcibly();
                }
            });
            String first = lines.readLine();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            String rest = String.join("\n", lines.lines().toList());
            if (process.waitFor() != 0 || first == null) {
                throw new IOException(
                        program.getSimpleName() + " ended with " + process.exitValue() + ": " + first + "\n" + rest);
            }
            return new Answer(elapsed, first);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * The first line of a program.
     *
     * @param sinceStart from before the process was started until the line was read
     * @param line the line
     */
    public record Answer(Duration sinceStart, String line) {}
}
