package io.managedredis.testing.internal.data.resp;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer of Redis in RESP2, taken apart. */
public sealed interface Reply {

    /**
     * A status, a bulk string or an error-free line.
     *
     * @param bytes the content
     */
    record Text(byte[] bytes) implements Reply {

        /** The content, a character a byte. */
        public String value() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * A number.
     *
     * @param value the number
     */
    record Number(long value) implements Reply {}

    /**
     * An array.
     *
     * @param elements its elements
     */
    record Array(List<Reply> elements) implements Reply {}

    /**
     * An error.
     *
     * @param message its text, kind first
     */
    record Error(String message) implements Reply {}

    /** Nothing. */
    enum Null implements Reply {
        /** The only value. */
        INSTANCE
    }

    /** The text of a status or a bulk string. */
    default String text() {
        if (this instanceof Text text) {
            return text.value();
        }
        throw new IllegalStateException("Redis answered " + this + " where text was expected");
    }
}
