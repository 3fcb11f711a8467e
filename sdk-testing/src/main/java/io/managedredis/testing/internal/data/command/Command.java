package io.managedredis.testing.internal.data.command;

import java.util.Map;

/**
 * What the gateway knows of a command or of a subcommand.
 *
 * @param name upper case; {@code CONFIG|GET} for a subcommand
 * @param route where it goes
 * @param subcommands by upper-case name; empty for a command that has none
 * @param firstKey the position of its first key, 0 for none
 * @param lastKey the position of its last key, negative from the end
 * @param keyStep from one key to the next
 * @param isCounted whether it counts towards the limits of a plan
 * @param growth how much it may add to the data
 */
public record Command(
        String name,
        Route route,
        Map<String, Command> subcommands,
        int firstKey,
        int lastKey,
        int keyStep,
        boolean isCounted,
        Growth growth) {

    /** A command that no table knows. Redis itself answers it. */
    public static final Command UNKNOWN = new Command("", Route.ANYWHERE, Map.of(), 0, 0, 0, true, Growth.NONE);

    /** Copies the map. */
    public Command {
        subcommands = Map.copyOf(subcommands);
    }

    /** Whether the argument at this index, in a request of so many arguments, is a key. */
    public boolean isKey(int index, int count) {
        int last = lastKey < 0 ? count + lastKey : lastKey;
        return firstKey > 0 && index >= firstKey && index <= last && (index - firstKey) % Math.max(1, keyStep) == 0;
    }

    /** The subcommand of this name, or this command where it has none of that name. */
    public Command subcommand(String upperCaseName) {
        return subcommands.getOrDefault(upperCaseName, this);
    }
}
