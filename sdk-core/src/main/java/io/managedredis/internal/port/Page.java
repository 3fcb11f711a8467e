package io.managedredis.internal.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of many.
 *
 * @param items what is on this page
 * @param nextCursor where the next page begins, or null when this is the last
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }
}
