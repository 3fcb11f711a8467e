package io.managedredis.lettuce.internal.command;

import io.lettuce.core.protocol.CommandArgs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of a command stand among its arguments. Immutable.
 *
 * <p>For a read these are the keys it looks at, for a write the keys it changes: the sources of a ZUNIONSTORE are not among
 * them. Arguments that do not fit, such as a count of keys that is not a number, mean the whole keyspace.
 */
public final class KeySpec {

    /** What {@link #count} says when a command may touch any key. */
    public static final int WHOLE_KEYSPACE = -1;

    static final byte[] STREAMS_WORD = "STREAMS".getBytes(StandardCharsets.US_ASCII);

    private static final byte[][] NO_WORDS = {};

    private enum Kind {
        NONE,
        WHOLE,
        RANGE,
        COUNTED,
        COUNTED_OR_WHOLE,
        STREAMS,
        AFTER_KEYWORD
    }

    private final Kind kind;
    private final int first;
    private final int last;
    private final int step;
    private final byte[][] keywords;
    /** The position of the only key, or 0: what most commands have, without the questions of the other kinds. */
    private final int single;

    private KeySpec(Kind kind, int first, int last, int step, byte[][] keywords) {
        this.kind = kind;
        this.first = first;
        this.last = last;
        this.step = step;
        this.keywords = keywords;
        this.single = kind == Kind.RANGE && first == last && first > 0 ? first : 0;
    }

    static KeySpec parse(String text) {
        if (text.equals("-")) {
            return new KeySpec(Kind.NONE, 0, 0, 1, NO_WORDS);
        }
        if (text.equals("*")) {
            return new KeySpec(Kind.WHOLE, 0, 0, 1, NO_WORDS);
        }
        if (text.equals("streams")) {
            return new KeySpec(Kind.STREAMS, 0, 0, 1, NO_WORDS);
        }
        if (text.startsWith("@")) {
            byte[][] keywords = Arrays.stream(text.substring(1).split(","))
                    .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);
            return new KeySpec(Kind.AFTER_KEYWORD, 0, 0, 1, keywords);
        }
        String[] parts = text.split("/");
        int step = parts.length == 2 ? Integer.parseInt(parts[1]) : 1;
        if (text.startsWith("#")) {
            boolean orWhole = parts[0].endsWith("*");
            int at = Integer.parseInt(parts[0].substring(1, parts[0].length() - (orWhole ? 1 : 0)));
            return new KeySpec(orWhole ? Kind.COUNTED_OR_WHOLE : Kind.COUNTED, at, 0, step, NO_WORDS);
        }
        int dots = parts[0].indexOf("..");
        int first = Integer.parseInt(dots < 0 ? parts[0] : parts[0].substring(0, dots));
        int last = dots < 0 ? first : Integer.parseInt(parts[0].substring(dots + 2));
        return new KeySpec(Kind.RANGE, first, last, step, NO_WORDS);
    }

    /** Whether the command touches no data at all. */
    public boolean isNone() {
        return kind == Kind.NONE;
    }

    /** How many keys there are, or {@link #WHOLE_KEYSPACE}. Allocates nothing. */
    public int count(@Nullable CommandArgs<?, ?> args) {
        if (single > 0 && args != null) {
            return single <= Arguments.STANDARD.count(args) ? 1 : WHOLE_KEYSPACE;
        }
        if (kind == Kind.NONE) {
            return 0;
        }
        if (kind == Kind.WHOLE || args == null) {
            return WHOLE_KEYSPACE;
        }
        int arguments = Arguments.STANDARD.count(args);
        return switch (kind) {
            case RANGE -> {
                int end = last < 0 ? arguments + 1 + last : last;
                if (end < first || end > arguments) {
                    yield WHOLE_KEYSPACE;
                }
                // A division costs more than all the rest.
                yield step == 1 ? end - first + 1 : (end - first) / step + 1;
            }
            case COUNTED, COUNTED_OR_WHOLE -> counted(args, arguments);
            case STREAMS -> {
                int at = streams(args, arguments);
                yield at == 0 || at == arguments ? WHOLE_KEYSPACE : (arguments - at) / 2;
            }
            case AFTER_KEYWORD -> afterKeyword(args, arguments) == 0 ? WHOLE_KEYSPACE : 1;
            case NONE, WHOLE -> throw new AssertionError(kind);
        };
    }

    /**
     * The {@link KeyHash} of one key. Allocates nothing where the codec does not.
     *
     * @param index from 0, below {@link #count}
     */
    public long hash(CommandArgs<?, ?> args, int index) {
        return Arguments.STANDARD.hash(args, position(args, index));
    }

    /**
     * The {@link KeyHash} of one key, also where it is text that is sent with replacements; slower.
     *
     * @param index from 0, below {@link #count}
     */
    public long exactHash(CommandArgs<?, ?> args, int index) {
        return Arguments.STANDARD.exactHash(args, position(args, index));
    }

    /**
     * Whether text that differs from one key may be sent as the key is, so that {@link #hash} may tell the two apart.
     *
     * @param index from 0, below {@link #count}
     */
    public boolean mayHaveReplacements(CommandArgs<?, ?> args, int index) {
        return Arguments.STANDARD.mayHaveReplacements(args, position(args, index));
    }

    private int position(CommandArgs<?, ?> args, int index) {
        if (single > 0) {
            return single;
        }
        return switch (kind) {
            case RANGE -> first + index * step;
            case COUNTED, COUNTED_OR_WHOLE -> first + 1 + index * step;
            case STREAMS -> streams(args, Arguments.STANDARD.count(args)) + 1 + index;
            case AFTER_KEYWORD -> afterKeyword(args, Arguments.STANDARD.count(args));
            case NONE, WHOLE -> throw new IndexOutOfBoundsException(index);
        };
    }

    private int counted(CommandArgs<?, ?> args, int arguments) {
        int count = first > arguments ? -1 : Arguments.STANDARD.number(args, first);
        boolean unfit = count < 0 || first + (long) count * step > arguments;
        return unfit || count == 0 && kind == Kind.COUNTED_OR_WHOLE ? WHOLE_KEYSPACE : count;
    }

    private static int streams(CommandArgs<?, ?> args, int arguments) {
        for (int position = 1; position <= arguments; position++) {
            if (Arguments.STANDARD.is(args, position, STREAMS_WORD)) {
                return position;
            }
        }
        return 0;
    }

    private int afterKeyword(CommandArgs<?, ?> args, int arguments) {
        // From the end: an earlier match may be a member or a pattern of the same text.
        for (int position = arguments - 1; position > 1; position--) {
            for (byte[] keyword : keywords) {
                if (Arguments.STANDARD.is(args, position, keyword)) {
                    return position + 1;
                }
            }
        }
        return 0;
    }
}
