package io.managedredis.testing.internal.data.gateway;

import java.util.Locale;

/** Patterns with {@code *} and {@code ?}, in any case, against lower-case text. */
final class Glob {

    private Glob() {}

    static boolean matches(String pattern, String text) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        int patternAt = 0;
        int textAt = 0;
        int star = -1;
        int starText = 0;
        while (textAt < text.length()) {
            char expected = patternAt < wanted.length() ? wanted.charAt(patternAt) : 0;
            if (expected == '*') {
                star = patternAt++;
                starText = textAt;
            } else if (expected == '?' || expected == text.charAt(textAt)) {
                patternAt++;
                textAt++;
            } else if (star >= 0) {
                patternAt = star + 1;
                textAt = ++starText;
            } else {
                return false;
            }
        }
        while (patternAt < wanted.length() && wanted.charAt(patternAt) == '*') {
            patternAt++;
        }
        return patternAt == wanted.length();
    }
}
