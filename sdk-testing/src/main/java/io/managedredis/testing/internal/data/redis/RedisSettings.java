package io.managedredis.testing.internal.data.redis;

import io.managedredis.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How one server is set up.
 *
 * @param password what the server asks of clients, and gives to the primary it replicates from
 * @param primaryPort the loopback port at which to replicate, for a replica
 * @param others further settings by their Redis names, plain words
 */
public record RedisSettings(Secret password, OptionalInt primaryPort, Map<String, String> others) {

    /** Copies the map. */
    public RedisSettings {
        others = Map.copyOf(others);
    }

    /** A server that takes writes. */
    public static RedisSettings primary(Secret password) {
        return new RedisSettings(password, OptionalInt.empty(), Map.of());
    }

    /** A server that replicates from this loopback port. */
    public static RedisSettings replica(Secret password, int primaryPort) {
        return new RedisSettings(password, OptionalInt.of(primaryPort), Map.of());
    }

    /** These with further settings, by their Redis names. */
    public RedisSettings with(Map<String, String> settings) {
        return new RedisSettings(password, primaryPort, settings);
    }

    /** The configuration file of a server with this directory and socket. */
    String configuration(Path directory, Path socket) {
        StringBuilder text = new StringBuilder(600);
        // No TCP port: nothing to find free, nothing another program could take or reach.
        line(text, "port", "0");
        line(text, "unixsocket", quoted(socket.toString()));
        line(text, "unixsocketperm", "700");
        line(text, "dir", quoted(directory.toString()));
        line(text, "save", "\"\"");
        line(text, "appendonly", "no");
        line(text, "daemonize", "no");
        line(text, "tcp-keepalive", "0");
        // A full synchronisation starts at once, not after the seconds meant to collect more replicas.
        line(text, "repl-diskless-sync", "yes");
        line(text, "repl-diskless-sync-delay", "0");
        line(text, "repl-diskless-load", "disabled");
        // The link may be slow or held for minutes without a new full synchronisation.
        line(text, "repl-timeout", "86400");
        line(text, "repl-backlog-size", "8mb");
        line(text, "client-output-buffer-limit", "replica 0 0 0");
        line(text, "requirepass", quoted(password.reveal()));
        line(text, "masterauth", quoted(password.reveal()));
        primaryPort.ifPresent(port -> line(text, "replicaof", "127.0.0.1 " + port));
        others.forEach((name, value) -> line(text, name, value));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
