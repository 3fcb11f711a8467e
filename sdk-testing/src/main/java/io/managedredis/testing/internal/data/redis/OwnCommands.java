package io.managedredis.testing.internal.data.redis;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Commands that the service itself sends. They are spelled in a way that no client uses, so that they are known from those
 * of clients wherever Redis tells what it was asked.
 */
public final class OwnCommands {

    private static final Pattern SPELLING = Pattern.compile("[a-z][A-Z]+");
    private static final Pattern MONITORED = Pattern.compile("^\\+[0-9.]+ \\[\\d+ [^]]*] \"[a-z][A-Z]+\"");

    private OwnCommands() {}

    /** The command's name as the service spells it. */
    public static String spell(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1).toUpperCase(Locale.ROOT);
    }

    /** Whether the service spelled this name. */
    public static boolean isOwn(String name) {
        return SPELLING.matcher(name).matches();
    }

    /** Whether this line of a {@code MONITOR} tells of a command of the service itself. */
    public static boolean isMonitored(String line) {
        return MONITORED.matcher(line).find();
    }
}
