package io.managedredis.testing.internal.data.command;

import io.managedredis.testing.internal.data.resp.Reply;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the Redis that runs, by name. What the server says of itself decides between reads and writes, so that
 * the table fits whatever version runs; only what the server cannot know stands here. Immutable.
 */
public final class CommandTable {

    /** Commands that the gateway looks into, whatever their flags. */
    private static final Set<String> CONNECTION = Set.of(
            "AUTH",
            "HELLO",
            "RESET",
            "QUIT",
            "SELECT",
            "CLIENT",
            "MULTI",
            "EXEC",
            "DISCARD",
            "WATCH",
            "UNWATCH",
            "SUBSCRIBE",
            "PSUBSCRIBE",
            "SSUBSCRIBE",
            "UNSUBSCRIBE",
            "PUNSUBSCRIBE",
            "SUNSUBSCRIBE",
            "MONITOR",
            "SYNC",
            "PSYNC",
            "CONFIG",
            "INFO",
            "COMMAND",
            "SCRIPT",
            "FUNCTION",
            "SLOWLOG",
            "WAIT");

    /** Reads that only the primary answers as one server would: their scripts, clocks and encodings are its own. */
    private static final Set<String> PRIMARY =
            Set.of("EVAL_RO", "EVALSHA_RO", "OBJECT", "MEMORY", "DEBUG", "PUBSUB", "TOUCH");

    /** Commands that the limits of a plan do not concern. */
    private static final Set<String> UNCOUNTED =
            Set.of("AUTH", "HELLO", "SELECT", "COMMAND", "CONFIG", "INFO", "PING", "RESET", "QUIT");

    /** Commands that may add more than their arguments tell. */
    private static final Set<String> GROW_UNSEEN = Set.of(
            "EVAL",
            "EVALSHA",
            "FCALL",
            "EXEC",
            "SETRANGE",
            "SETBIT",
            "BITFIELD",
            "BITOP",
            "COPY",
            "SORT",
            "GEORADIUS",
            "GEORADIUSBYMEMBER",
            "PFMERGE");

    private static final Set<String> CURSOR = Set.of("SCAN", "SSCAN", "HSCAN", "ZSCAN");
    private static final Set<String> ANYWHERE = Set.of("PING", "ECHO", "TIME", "LOLWUT");

    private final Command[] slots;
    private final int mask;

    private CommandTable(Map<String, Command> commands) {
        int size = Integer.highestOneBit(commands.size() * 4);
        slots = new Command[size];
        mask = size - 1;
        commands.forEach((name, command) -> {
            int slot = hash(name) & mask;
            while (slots[slot] != null) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = command;
        });
    }

    /** The table of a server, from its answer to {@code COMMAND}. */
    public static CommandTable of(Reply answer) {
        Map<String, Command> commands = new HashMap<>();
        for (Reply element : elements(answer)) {
            Command command = command(elements(element), null);
            commands.put(command.name(), command);
        }
        // Some servers treat a few of these apart and do not list them.
        CONNECTION.forEach(name -> commands.putIfAbsent(
                name, new Command(name, Route.CONNECTION, Map.of(), 0, 0, 0, !UNCOUNTED.contains(name), Growth.NONE)));
        return new CommandTable(commands);
    }

    private static Command command(List<Reply> fields, @Nullable Command parent) {
        String name = fields.get(0).text().toUpperCase(Locale.ROOT);
        Set<String> flags = new HashSet<>();
        elements(fields.get(2)).forEach(flag -> flags.add(flag.text()));
        String top = parent == null ? name : parent.name();
        Command bare = new Command(
                name,
                route(top, flags),
                Map.of(),
                number(fields, 3),
                number(fields, 4),
                number(fields, 5),
                !UNCOUNTED.contains(top),
                growth(name, flags));
        // Servers before 7.0 do not list subcommands.
        if (parent != null || fields.size() < 10) {
            return bare;
        }
        Map<String, Command> subcommands = new HashMap<>();
        for (Reply element : elements(fields.get(9))) {
            Command subcommand = command(elements(element), bare);
            subcommands.put(subcommand.name().substring(subcommand.name().indexOf('|') + 1), subcommand);
        }
        return new Command(
                name,
                bare.route(),
                subcommands,
                bare.firstKey(),
                bare.lastKey(),
                bare.keyStep(),
                bare.isCounted(),
                bare.growth());
    }

    private static Route route(String name, Set<String> flags) {
        if (CONNECTION.contains(name)) {
            return Route.CONNECTION;
        }
        if (CURSOR.contains(name)) {
            return Route.CURSOR;
        }
        if (ANYWHERE.contains(name)) {
            return Route.ANYWHERE;
        }
        return flags.contains("readonly") && !PRIMARY.contains(name) ? Route.READ : Route.PRIMARY;
    }

    private static Growth growth(String name, Set<String> flags) {
        if (GROW_UNSEEN.contains(name) || name.endsWith("STORE")) {
            return Growth.UNKNOWN;
        }
        return flags.contains("denyoom") ? Growth.BY_ARGUMENTS : Growth.NONE;
    }

    private static List<Reply> elements(Reply reply) {
        return reply instanceof Reply.Array array ? array.elements() : List.of();
    }

    private static int number(List<Reply> fields, int index) {
        return fields.get(index) instanceof Reply.Number number ? (int) number.value() : 0;
    }

    /** The command named by these bytes in any case, or one without a name when there is none. */
    public Command find(ByteBuf buffer, int start, int length) {
        int hash = 0;
        for (int i = start; i < start + length; i++) {
            hash = hash * 31 + upper(buffer.getByte(i));
        }
        for (int slot = spread(hash) & mask; slots[slot] != null; slot = (slot + 1) & mask) {
            if (matches(slots[slot].name(), buffer, start, length)) {
                return slots[slot];
            }
        }
        return Command.UNKNOWN;
    }

    /** The command of this name in any case, or one without a name when there is none. */
    public Command find(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (int slot = hash(upper) & mask; slots[slot] != null; slot = (slot + 1) & mask) {
            if (slots[slot].name().equals(upper)) {
                return slots[slot];
            }
        }
        return Command.UNKNOWN;
    }

    private static boolean matches(String name, ByteBuf buffer, int start, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != upper(buffer.getByte(start + i))) {
                return false;
            }
        }
        return true;
    }

    private static int upper(byte character) {
        return character >= 'a' && character <= 'z' ? character - 32 : character;
    }

    private static int hash(String upperCaseName) {
        return spread(upperCaseName.hashCode());
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 15;
    }
}
