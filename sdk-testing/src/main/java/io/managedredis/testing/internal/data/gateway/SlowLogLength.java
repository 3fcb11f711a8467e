package io.managedredis.testing.internal.data.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many entries the slow log of a database keeps for its clients. Redis keeps more, so that those of the service itself
 * do not drive out theirs. Thread safe.
 */
public final class SlowLogLength {

    /** The setting of Redis. */
    public static final String SETTING = "slowlog-max-len";

    private static final int BY_DEFAULT = 128;
    private static final int FOR_THE_SERVICE = 1024;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SHOWN =
            Pattern.compile("\\$" + SETTING.length() + "\r\n" + SETTING + "\r\n\\$\\d+\r\n\\d+\r\n");

    private volatile int length = BY_DEFAULT;

    /** What Redis is to keep before a client says anything. */
    public static String initial() {
        return Integer.toString(BY_DEFAULT + FOR_THE_SERVICE);
    }

    int get() {
        return length;
    }

    /** What Redis is to keep, for this length asked for by a client; other words as they are. */
    String kept(String asked) {
        return NUMBER.matcher(asked).matches() ? Integer.toString(Integer.parseInt(asked) + FOR_THE_SERVICE) : asked;
    }

    /** A client sets this length; other words are refused by Redis. */
    void set(String asked) {
        length = NUMBER.matcher(asked).matches() ? Integer.parseInt(asked) : length;
    }

    /** Whether these names or patterns are those of a {@code CONFIG GET} that tells of it. */
    static boolean isAmong(List<String> patterns) {
        return patterns.stream().anyMatch(pattern -> Glob.matches(pattern, SETTING));
    }

    /** An answer to {@code CONFIG GET} as clients see it. */
    byte[] shown(byte[] answer) {
        String value = Integer.toString(length);
        String own = "$" + SETTING.length() + "\r\n" + SETTING + "\r\n$" + value.length() + "\r\n" + value + "\r\n";
        return SHOWN.matcher(new String(answer, StandardCharsets.ISO_8859_1))
                .replaceFirst(Matcher.quoteReplacement(own))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
