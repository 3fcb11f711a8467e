package io.managedredis.testing.internal.data.gateway;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which clients a {@code CLIENT KILL} means.
 *
 * @param wanted what fields of a line must be
 * @param skipsSelf whether the client that asks is spared
 */
record ClientFilter(Map<String, String> wanted, boolean skipsSelf) {

    private static final String TYPE = "type";
    private static final Set<String> FIELDS = Set.of("id", "addr", "laddr", "user", TYPE);
    private static final Set<String> TYPES = Set.of("normal", "master", "replica", "slave", "pubsub");

    /** The filter of a request, or null when Redis would not take it. */
    static @Nullable ClientFilter parse(Request request) {
        if (request.count() == 3) {
            return new ClientFilter(Map.of("addr", request.text(2)), false);
        }
        if (request.count() < 3 || request.count() % 2 != 0) {
            return null;
        }
        Map<String, String> wanted = new TreeMap<>();
        boolean skipsSelf = true;
        for (int i = 2; i < request.count(); i += 2) {
            String name = request.text(i).toLowerCase(Locale.ROOT);
            String value = request.text(i + 1);
            if (name.equals("skipme") && (value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("no"))) {
                skipsSelf = value.equalsIgnoreCase("yes");
            } else if (isPossible(name, value)) {
                wanted.put(name, name.equals(TYPE) ? type(value) : value);
            } else {
                return null;
            }
        }
        return new ClientFilter(wanted, skipsSelf);
    }

    private static boolean isPossible(String name, String value) {
        return switch (name) {
            case "id" -> value.matches("[1-9][0-9]{0,17}");
            case TYPE -> TYPES.contains(value.toLowerCase(Locale.ROOT));
            default -> FIELDS.contains(name);
        };
    }

    private static String type(String value) {
        String type = value.toLowerCase(Locale.ROOT);
        return type.equals("slave") ? "replica" : type;
    }

    boolean matches(ClientLine line) {
        return wanted.entrySet().stream()
                .allMatch(want ->
                        want.getValue().equals(want.getKey().equals(TYPE) ? line.type() : line.field(want.getKey())));
    }
}
