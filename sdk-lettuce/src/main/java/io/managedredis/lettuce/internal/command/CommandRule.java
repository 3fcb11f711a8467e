package io.managedredis.lettuce.internal.command;

/**
 * What the table says of a command. One object for each line, so identity compares.
 *
 * @param name the line's name in upper case, with its subcommand, such as {@code "OBJECT ENCODING"}
 * @param route where it may run
 * @param keys the keys a read looks at or a write changes
 * @param blocks whether it may wait at the server, and so needs a socket of its own. WAIT is not among them: it must stay on
 *     the socket that wrote
 * @param cursor whether it continues an iteration, and so must stay where that began
 * @param script whether it answers NOSCRIPT at an endpoint that does not know the script
 */
public record CommandRule(String name, Route route, KeySpec keys, boolean blocks, boolean cursor, boolean script) {

    /** A command the table does not know: it may do anything, so it counts as a write to the whole keyspace. */
    static final CommandRule UNKNOWN =
            new CommandRule("(unknown)", Route.WRITE, KeySpec.parse("*"), false, false, false);

    /**
     * Whether the keys count as written. EXEC is among them, with the whole keyspace: whoever has kept the keys of the queued
     * commands may count those instead.
     */
    public boolean writes() {
        return (route == Route.WRITE || route == Route.UNPIN) && !keys.isNone();
    }

    /** Whether the table has no line for the command. */
    public boolean isUnknown() {
        return this == UNKNOWN;
    }
}
