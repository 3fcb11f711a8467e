package io.managedredis.examples.quickstart;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the quickstart.
 *
 * @param real whether to use the provider instead of the service on this machine
 * @param organization the organization that gets the database, or null for the only or personal one
 * @param keys how many keys to write and read
 * @param help whether to explain the options instead
 */
public record QuickstartOptions(boolean real, @Nullable String organization, int keys, boolean help) {

    /** What {@code --help} prints. */
    public static final String USAGE = """
            Usage: Quickstart [--real [--organization SLUG]] [--keys N] [--help]

              (no option)          starts the managed service on this machine: no account, no Docker
              --real               uses the provider; the token comes from FLY_ACCESS_TOKEN, FLY_API_TOKEN or the
                                   provider's own configuration file
              --organization SLUG  the organization that gets the database; needed when the token shows several
              --keys N             how many keys to write and read, 1 to 10000; 100 unless told
            """;

    private static final int DEFAULT_KEYS = 100;
    private static final int MAX_KEYS = 10_000;

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException when one is unknown or lacks its value
     */
    public static QuickstartOptions parse(List<String> arguments) {
        boolean real = false;
        boolean help = false;
        String organization = null;
        int keys = DEFAULT_KEYS;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--real" -> real = true;
                case "--help", "-h" -> help = true;
                case "--organization" -> organization = valueOf(argument, rest);
                case "--keys" -> keys = numberOf(argument, valueOf(argument, rest));
                default -> throw new IllegalArgumentException("unknown option '" + argument + "'");
            }
        }
        return new QuickstartOptions(real, organization, keys, help);
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("option '" + option + "' needs a value");
        }
        return rest.next();
    }

    private static int numberOf(String option, String value) {
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            number = 0;
        }
        if (number < 1 || number > MAX_KEYS) {
            throw new IllegalArgumentException(
                    "option '" + option + "' takes a number from 1 to " + MAX_KEYS + ", not '" + value + "'");
        }
        return number;
    }
}
