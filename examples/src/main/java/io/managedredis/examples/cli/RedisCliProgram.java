package io.managedredis.examples.cli;

import io.managedredis.RedisUrl;
import io.managedredis.Secret;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code redis-cli} that is installed here. It gets the password in a process variable, for everybody on the machine can see
 * arguments.
 *
 * @param file the program
 */
record RedisCliProgram(Path file) {

    /** The first on the path; empty when there is none. */
    static Optional<RedisCliProgram> onPath(Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "redis-cli"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(RedisCliProgram::new);
    }

    /** Starts it on this terminal. */
    Process start(RedisUrl url, List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(command(url, arguments)).inheritIO();
        Secret password = url.password();
        if (password != null) {
            builder.environment().put("REDISCLI_AUTH", password.reveal());
        }
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot start " + file, failed);
        }
    }

    private List<String> command(RedisUrl url, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(file.toString(), "-h", url.host(), "-p", Integer.toString(url.port())));
        if (url.password() != null) {
            command.addAll(List.of("--user", url.username()));
        }
        if (url.tls()) {
            command.add("--tls");
        }
        command.addAll(arguments);
        return command;
    }
}
