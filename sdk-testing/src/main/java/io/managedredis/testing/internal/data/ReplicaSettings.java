package io.managedredis.testing.internal.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What clients changed by {@code CONFIG SET} and replicas must follow, those that join later too. Thread safe. */
final class ReplicaSettings {

    /** Settings of one server, or of its place in the database. */
    private static final Set<String> OWN = Set.of(
            "dir",
            "dbfilename",
            "port",
            "bind",
            "unixsocket",
            "unixsocketperm",
            "requirepass",
            "masterauth",
            "masteruser",
            "save",
            "appendonly",
            "logfile",
            "maxclients",
            "maxmemory",
            "maxmemory-policy",
            "repl-timeout",
            "repl-backlog-size",
            "replicaof",
            "replica-read-only",
            "slave-read-only",
            "client-output-buffer-limit",
            "slowlog-max-len");

    private final Map<String, String> settings = new LinkedHashMap<>();

    /** Notes the words of a {@code CONFIG SET} and returns those for the replicas; empty when they are not concerned. */
    synchronized List<String> note(List<String> words) {
        Map<String, String> shared = new LinkedHashMap<>();
        for (int i = 2; i + 1 < words.size(); i += 2) {
            String name = words.get(i).toLowerCase(Locale.ROOT);
            if (!OWN.contains(name)) {
                shared.put(name, words.get(i + 1));
            }
        }
        settings.putAll(shared);
        return configSet(shared);
    }

    /** The words that bring a new replica up to date; empty when there is nothing to say. */
    synchronized List<String> all() {
        return configSet(settings);
    }

    private static List<String> configSet(Map<String, String> settings) {
        if (settings.isEmpty()) {
            return List.of();
        }
        List<String> words = new ArrayList<>(List.of("CONFIG", "SET"));
        settings.forEach((name, value) -> {
            words.add(name);
            words.add(value);
        });
        return words;
    }
}
