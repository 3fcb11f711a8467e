package io.managedredis.lettuce.internal.command;

import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The classification of every command, read from {@code commands.txt} beside this class. Immutable and thread-safe; looking up
 * allocates nothing.
 *
 * <p>A command is found by its name's bytes in any case, or by its ordinal when it is Lettuce's own; then by its subcommand and
 * its keywords. What the table does not know is {@linkplain CommandRule#isUnknown() unknown}: the primary, and everything counts
 * as written.
 */
public final class CommandTable {

    private static final CommandTable STANDARD = new CommandTable(read("commands.txt"));

    private final Map<String, Entry> entries;
    private final @Nullable Entry[] byOrdinal;
    private final @Nullable Entry[] byHash;

    private CommandTable(List<String> lines) {
        Map<String, EntryBuilder> builders = new LinkedHashMap<>();
        for (String line : lines) {
            Line parsed = Line.parse(line);
            builders.computeIfAbsent(parsed.command, EntryBuilder::new).add(parsed);
        }
        Map<String, Entry> built = new LinkedHashMap<>();
        builders.forEach((name, builder) -> built.put(name, builder.build()));
        entries = built;
        CommandType[] types = CommandType.values();
        byOrdinal = new @Nullable Entry[types.length];
        for (CommandType type : types) {
            byOrdinal[type.ordinal()] = entries.get(type.toString());
        }
        byHash = new @Nullable Entry[Integer.highestOneBit(entries.size()) * 4];
        for (Entry entry : entries.values()) {
            int slot = slot(entry.name);
            while (byHash[slot] != null) {
                slot = slot + 1 & byHash.length - 1;
            }
            byHash[slot] = entry;
        }
    }

    /** The table of this SDK. */
    public static CommandTable standard() {
        return STANDARD;
    }

    /** What the table says of a command with these arguments. Wrapped commands are fine. */
    public CommandRule rule(RedisCommand<?, ?, ?> command) {
        return rule(command.getType(), command.getArgs());
    }

    /** What the table says of a command with these arguments. */
    public CommandRule rule(ProtocolKeyword type, @Nullable CommandArgs<?, ?> args) {
        Entry entry = type instanceof CommandType known ? byOrdinal[known.ordinal()] : find(type.getBytes());
        if (entry == null) {
            return CommandRule.UNKNOWN;
        }
        return entry.variants.length == 0 || args == null ? entry.rule : entry.variant(args);
    }

    /** The line for a name, a subcommand after a blank; keywords are not looked at. For diagnosis. */
    public Optional<CommandRule> named(String name) {
        String[] words = name.toUpperCase(Locale.ROOT).split(" ", 2);
        Entry entry = entries.get(words[0]);
        if (entry == null) {
            return Optional.empty();
        }
        for (Variant variant : entry.variants) {
            if (variant.subcommand && variant.rule.name().equals(words[0] + " " + words[words.length - 1])) {
                return Optional.of(variant.rule);
            }
        }
        return Optional.of(entry.rule);
    }

    /** The names that have a line, without subcommands. */
    public Collection<String> names() {
        return entries.keySet();
    }

    private @Nullable Entry find(byte[] name) {
        int slot = slot(name);
        for (Entry entry = byHash[slot]; entry != null; entry = byHash[slot]) {
            if (Words.is(name, entry.name)) {
                return entry;
            }
            slot = slot + 1 & byHash.length - 1;
        }
        return null;
    }

    private int slot(byte[] name) {
        int hash = 0;
        for (byte letter : name) {
            hash = hash * 31 + Words.upper(letter);
        }
        return (hash ^ hash >>> 15) & byHash.length - 1;
    }

    private static List<String> read(String resource) {
        try (InputStream stream = CommandTable.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing beside " + CommandTable.class.getName());
            }
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Entry(byte[] name, CommandRule rule, Variant[] variants) {

        CommandRule variant(CommandArgs<?, ?> args) {
            for (Variant variant : variants) {
                if (variant.fits(args)) {
                    return variant.rule;
                }
            }
            return rule;
        }
    }

    private record Variant(CommandRule rule, boolean subcommand, byte[][] words) {

        boolean fits(CommandArgs<?, ?> args) {
            int end = Arguments.STANDARD.count(args);
            if (subcommand) {
                return end > 0 && Arguments.STANDARD.is(args, 1, words[0]);
            }
            for (int position = 1; position <= end; position++) {
                if (Arguments.STANDARD.is(args, position, KeySpec.STREAMS_WORD)) {
                    return false;
                }
                for (byte[] word : words) {
                    if (Arguments.STANDARD.is(args, position, word)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static final class EntryBuilder {
        private final String name;
        private final List<Variant> variants = new ArrayList<>();
        private @Nullable CommandRule rule;

        EntryBuilder(String name) {
            this.name = name;
        }

        void add(Line line) {
            if (!line.subcommand.isEmpty()) {
                variants.add(new Variant(line.rule, true, new byte[][] {ascii(line.subcommand)}));
            } else if (!line.keywords.isEmpty()) {
                variants.add(new Variant(
                        line.rule,
                        false,
                        line.keywords.stream().map(CommandTable::ascii).toArray(byte[][]::new)));
            } else {
                rule = line.rule;
            }
        }

        Entry build() {
            if (rule == null) {
                throw new IllegalStateException(
                        name + " has a line for a subcommand or a keyword, but none of its own");
            }
            return new Entry(ascii(name), rule, variants.toArray(Variant[]::new));
        }
    }

    private record Line(String command, String subcommand, List<String> keywords, CommandRule rule) {

        static Line parse(String text) {
            List<String> words = List.of(text.trim().split("\\s+"));
            String command = words.get(0);
            String subcommand = "";
            List<String> keywords = List.of();
            int at = 1;
            if (words.get(at).startsWith("?")) {
                keywords = List.of(words.get(at++).substring(1).split(","));
            } else if (words.get(at).equals(words.get(at).toUpperCase(Locale.ROOT))) {
                subcommand = words.get(at++);
            }
            Route route = Route.valueOf(words.get(at).toUpperCase(Locale.ROOT));
            KeySpec keys = KeySpec.parse(words.get(at + 1));
            List<String> flags = words.subList(at + 2, words.size());
            String name = subcommand.isEmpty() ? command : command + " " + subcommand;
            CommandRule rule = new CommandRule(
                    name, route, keys, flags.contains("blocks"), flags.contains("cursor"), flags.contains("script"));
            return new Line(command, subcommand, keywords, rule);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
