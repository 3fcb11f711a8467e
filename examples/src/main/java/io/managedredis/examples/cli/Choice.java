package io.managedredis.examples.cli;

import java.util.Locale;

/**
 * One of the answers to a question.
 *
 * @param value what it stands for
 * @param key its short name, which can be typed
 * @param label what people see
 */
record Choice<T>(T value, String key, String label) {

    boolean isNamed(String text) {
        return key.equalsIgnoreCase(text) || label.equalsIgnoreCase(text);
    }

    boolean begins(String text) {
        return lower(key).startsWith(lower(text)) || lower(label).startsWith(lower(text));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
