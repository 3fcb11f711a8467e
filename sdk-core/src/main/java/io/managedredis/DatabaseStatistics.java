package io.managedredis;

import io.managedredis.internal.OpenValues;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the provider counts of a database. Which numbers there are is the provider's choice and not promised. Immutable.
 *
 * @param values every value by the provider's name for it; a value is a text, a number, a boolean, null, a list or a map of
 *     such
 */
public record DatabaseStatistics(Map<String, @Nullable Object> values) {

    /** Copies the map, lists and maps within it too. */
    public DatabaseStatistics {
        values = OpenValues.copy(values);
    }

    /** The number with this name; empty where it is not there or is no number. */
    public OptionalDouble number(String name) {
        return values.get(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }
}
