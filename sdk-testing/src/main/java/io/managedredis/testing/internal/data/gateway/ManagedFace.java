package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Command;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the managed service offers of Redis, and how the rest answers. */
final class ManagedFace {

    /** The one setting that clients may read and change. */
    static final String SETTING = "notify-keyspace-events";

    private static final Set<String> UNAVAILABLE = Set.of(
            "ROLE",
            "REPLICAOF",
            "SLAVEOF",
            "PSYNC",
            "SYNC",
            "REPLCONF",
            "FAILOVER",
            "CLUSTER",
            "SLOWLOG",
            "LATENCY",
            "OBJECT",
            "SORT",
            "MOVE",
            "SWAPDB",
            "MIGRATE",
            "LCS",
            "SSUBSCRIBE",
            "SUNSUBSCRIBE",
            "SPUBLISH",
            "SAVE",
            "BGSAVE",
            "DEBUG",
            "MODULE",
            "SHUTDOWN");

    private static final Map<String, Set<String>> UNAVAILABLE_SUBCOMMANDS =
            Map.of("CLIENT", Set.of("KILL", "PAUSE", "TRACKING"));

    /** Commands of which only these subcommands are there. */
    private static final Map<String, Set<String>> ONLY_SUBCOMMANDS =
            Map.of("MEMORY", Set.of("USAGE"), "CONFIG", Set.of("GET", "SET"));

    private static final List<String> INFO_SECTIONS =
            List.of("server", "clients", "memory", "stats", "cluster", "keyspace");

    private static final Set<String> ALL_SECTIONS = Set.of("all", "default", "everything");

    private ManagedFace() {}

    static boolean offers(Command command) {
        return !UNAVAILABLE.contains(command.name());
    }

    static boolean dependsOnSubcommand(Command command) {
        return UNAVAILABLE_SUBCOMMANDS.containsKey(command.name()) || ONLY_SUBCOMMANDS.containsKey(command.name());
    }

    static boolean offers(Command command, String subcommand) {
        Set<String> only = ONLY_SUBCOMMANDS.get(command.name());
        return only != null
                ? only.contains(subcommand)
                : !UNAVAILABLE_SUBCOMMANDS
                        .getOrDefault(command.name(), Set.of())
                        .contains(subcommand);
    }

    static String unavailable(String name) {
        return "ERR Command is not available: '" + name + "'. See https://docs.upstash.com/redis for details";
    }

    /** The sections to show where these were asked for, in the order of Redis; unknown ones last. */
    static List<String> infoSections(List<String> asked) {
        Set<String> wanted = new LinkedHashSet<>();
        Set<String> lowerCase = new LinkedHashSet<>();
        asked.forEach(section -> lowerCase.add(section.toLowerCase(Locale.ROOT)));
        boolean all = lowerCase.isEmpty() || lowerCase.stream().anyMatch(ALL_SECTIONS::contains);
        INFO_SECTIONS.stream()
                .filter(section -> all || lowerCase.contains(section))
                .forEach(wanted::add);
        lowerCase.stream().filter(section -> !ALL_SECTIONS.contains(section)).forEach(wanted::add);
        return List.copyOf(wanted);
    }

    /** Cuts the text of {@code INFO} down to these sections; others show a heading only. */
    static String cutInfo(String content, List<String> sections) {
        StringBuilder kept = new StringBuilder();
        for (String section : sections) {
            String heading = "# " + section.substring(0, 1).toUpperCase(Locale.ROOT) + section.substring(1) + "\r\n";
            int from = INFO_SECTIONS.contains(section) ? content.indexOf(heading) : -1;
            if (!kept.isEmpty()) {
                kept.append("\r\n");
            }
            if (from < 0) {
                kept.append(heading);
            } else {
                int end = content.indexOf("\r\n# ", from);
                kept.append(content, from, end < 0 ? content.length() : end);
            }
        }
        return kept.toString();
    }
}
