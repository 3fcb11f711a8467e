package io.managedredis.testing.internal.control;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a page out of a list, as clients ask for it with cursors. A cursor names the order key of an item, so it stays good when
 * items come and go between two pages.
 *
 * @param maxPageSize no page is larger
 */
record Connections(int maxPageSize) {

    /**
     * What a client asks for.
     *
     * @param first at most so many from the front
     * @param last at most so many from the back
     * @param after only those behind this cursor
     * @param before only those in front of this cursor
     */
    record Window(
            @Nullable Integer first,
            @Nullable Integer last,
            @Nullable String after,
            @Nullable String before) {}

    /** An item and its cursor. */
    record Edge<T>(String cursor, T node) {}

    /** A page, and whether there are items on either side of it. */
    record Page<T>(List<Edge<T>> edges, boolean hasNext, boolean hasPrevious, int total) {

        @Nullable
        String startCursor() {
            return edges.isEmpty() ? null : edges.get(0).cursor();
        }

        @Nullable
        String endCursor() {
            return edges.isEmpty() ? null : edges.get(edges.size() - 1).cursor();
        }

        List<T> nodes() {
            return edges.stream().map(Edge::node).toList();
        }
    }

    /** The page of these items, which are in the order of their keys. */
    <T> Page<T> page(List<T> items, ToLongFunction<T> key, Window window) {
        long after = window.after() == null ? Long.MIN_VALUE : keyOf(window.after());
        long before = window.before() == null ? Long.MAX_VALUE : keyOf(window.before());
        List<T> inside = items.stream()
                .filter(item -> key.applyAsLong(item) > after && key.applyAsLong(item) < before)
                .toList();
        boolean hasPrevious = !items.isEmpty() && window.after() != null && key.applyAsLong(items.get(0)) <= after;
        boolean hasNext =
                !items.isEmpty() && window.before() != null && key.applyAsLong(items.get(items.size() - 1)) >= before;

        Integer last = window.last();
        Integer first = window.first();
        int fromFront = Math.min(
                first == null ? Integer.MAX_VALUE : size("first", first),
                last == null ? maxPageSize : Integer.MAX_VALUE);
        if (first != null) {
            fromFront = Math.min(fromFront, maxPageSize);
        }
        if (inside.size() > fromFront) {
            inside = inside.subList(0, fromFront);
            hasNext = true;
        }
        if (last != null) {
            int fromBack = Math.min(size("last", last), maxPageSize);
            if (inside.size() > fromBack) {
                inside = inside.subList(inside.size() - fromBack, inside.size());
                hasPrevious = true;
            }
        }
        List<Edge<T>> edges = inside.stream()
                .map(item -> new Edge<>(cursor(key.applyAsLong(item)), item))
                .toList();
        return new Page<>(edges, hasNext, hasPrevious, items.size());
    }

    private static int size(String argument, int size) {
        if (size < 0) {
            throw Refusal.invalid(argument + " must not be negative");
        }
        return size;
    }

    private static String cursor(long key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(key).getBytes(StandardCharsets.UTF_8));
    }

    private static long keyOf(String cursor) {
        try {
            return Long.parseLong(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            throw Refusal.invalid("'" + cursor + "' is not a cursor of this service");
        }
    }
}
