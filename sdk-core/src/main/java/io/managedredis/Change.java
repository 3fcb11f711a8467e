package io.managedredis;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One difference between what is and what should be.
 *
 * @param field the part that differs, as the specification names it
 * @param before what it is, or null where there is nothing yet or the provider does not say
 * @param after what it should be
 */
public record Change(String field, @Nullable String before, String after) {

    /** Checks that nothing is missing. */
    public Change {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(after, "after");
    }

    @Override
    public String toString() {
        return field + ": " + (before == null ? "" : before + " -> ") + after;
    }
}
