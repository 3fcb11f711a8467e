package io.managedredis.benchmarks.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own that stays warm and answers questions, a line for a line. Contestants that each have one take
 * turns without a start-up between them and without sharing compiled code. It ends when its standard input does.
 */
public final class WorkerJvm implements AutoCloseable {

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    private WorkerJvm(Process process) {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the {@code main} of this class with the class path of this JVM. */
    public static WorkerJvm start(Class<?> program, String... arguments) throws IOException {
        return startWith("", program, arguments);
    }

    /** The same with this in front of the class path. */
    public static WorkerJvm startWith(String classPathPrefix, Class<?> program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xms256m",
                "-Xmx256m",
                "-cp",
                classPathPrefix + System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new WorkerJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws IOException when the program ended instead
     */
    public String ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the program ended when asked '" + question + "'");
        }
        return answer;
    }

    /** Ends the program. */
    @Override
    public void close() throws IOException {
        try (questions) {
            questions.flush();
        } finally {
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
