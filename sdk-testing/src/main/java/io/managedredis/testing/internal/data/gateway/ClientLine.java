package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.redis.RedisControl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A line of {@code CLIENT LIST}.
 *
 * @param fields its fields in their order
 */
record ClientLine(Map<String, String> fields) {

    /** The lines of all connections to a server. */
    static CompletableFuture<List<ClientLine>> ask(RedisControl server) {
        return server.ask("CLIENT", "LIST").thenApply(reply -> parseAll(reply.text()));
    }

    static ClientLine parse(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : line.split(" ")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        return new ClientLine(fields);
    }

    static List<ClientLine> parseAll(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(ClientLine::parse)
                .toList();
    }

    long id() {
        return Long.parseLong(field("id"));
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }

    ClientLine with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.replace(name, value);
        return new ClientLine(changed);
    }

    /** The flags without those that tell of the way between gateway and server. */
    ClientLine withoutSocketFlag() {
        String flags = field("flags").replace("U", "");
        return with("flags", flags.isEmpty() ? "N" : flags);
    }

    /** The same with what another server knows of the keys that it tracks for the client. */
    ClientLine withTrackingOf(ClientLine other) {
        return other.field("flags").contains("t")
                ? with("flags", other.field("flags")).with("redir", other.field("redir"))
                : this;
    }

    /** What {@code TYPE} calls it. */
    String type() {
        String flags = field("flags");
        if (flags.contains("M")) {
            return "master";
        }
        if (flags.contains("S")) {
            return "replica";
        }
        return flags.contains("P") ? "pubsub" : "normal";
    }

    String text() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(" "));
    }
}
