package io.managedredis;

import io.managedredis.error.ConfigurationException;
import io.managedredis.error.InvalidRequestException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A region by its code, for example {@code mad} for Madrid.
 *
 * <p>The type is open: any well-formed code is accepted here, and whether a region exists is for the provider to say
 * (see the management client). Codes are kept in lower case.
 *
 * @param code the region's code: a letter, then up to 31 letters, digits and hyphens
 */
public record Region(String code) implements Comparable<Region> {

    /** The process variable in which the platform names the region that a program runs in. */
    public static final String ENVIRONMENT_VARIABLE = "FLY_REGION";

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /**
     * Checks and lower-cases the code.
     *
     * @throws InvalidRequestException when the code is not well formed
     */
    public Region {
        Objects.requireNonNull(code, "code");
        code = code.strip().toLowerCase(Locale.ROOT);
        if (!CODE.matcher(code).matches()) {
            throw new InvalidRequestException(
                    "region",
                    "'" + code + "' is not a region code",
                    "a letter followed by up to 31 letters, digits or hyphens, such as 'mad'");
        }
    }

    /**
     * The region with this code.
     *
     * @throws InvalidRequestException when the code is not well formed
     */
    public static Region of(String code) {
        return new Region(code);
    }

    /**
     * The region this process runs in, from the variable {@value #ENVIRONMENT_VARIABLE}.
     *
     * @throws ConfigurationException when the variable is not set
     */
    public static Region fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * The region named by {@value #ENVIRONMENT_VARIABLE} in the given variables.
     *
     * @throws ConfigurationException when the variable is missing or blank
     */
    public static Region fromEnvironment(Map<String, String> environment) {
        String code = environment.get(ENVIRONMENT_VARIABLE);
        if (code == null || code.isBlank()) {
            throw new ConfigurationException("the local region is not known: " + ENVIRONMENT_VARIABLE
                    + " is not set. Set it, or name the region in code with Region.of(\"...\")");
        }
        return of(code);
    }

    @Override
    public int compareTo(Region other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
