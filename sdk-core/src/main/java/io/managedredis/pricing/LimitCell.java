package io.managedredis.pricing;

import io.managedredis.Limit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a limit as a plan table writes it: {@code 10000}, {@code 100MB}, {@code Unlimited}. */
final class LimitCell {

    private static final List<String> UNITS = List.of("", "KB", "MB", "GB", "TB");
    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,18})(KB|MB|GB|TB|)");

    private LimitCell() {}

    static Limit parse(String cell) {
        String text = cell.strip().toUpperCase(Locale.ROOT);
        if (text.equals("UNLIMITED")) {
            return Limit.unlimited();
        }
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            throw new IllegalArgumentException(
                    "'" + cell + "' is not a limit; allowed are a number, a size such as 100MB, and Unlimited");
        }
        long value = Long.parseLong(number.group(1));
        int unit = UNITS.indexOf(number.group(2));
        return Limit.of(Math.multiplyExact(value, 1L << (10 * unit)));
    }
}
