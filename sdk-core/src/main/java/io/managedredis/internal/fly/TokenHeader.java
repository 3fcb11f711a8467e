package io.managedredis.internal.fly;

import io.managedredis.Secret;
import java.util.Arrays;
import java.util.Locale;

/** How a token is presented. */
final class TokenHeader {

    private TokenHeader() {}

    /** The value of the {@code Authorization} header; a scheme that the token brings is kept. */
    static String of(Secret token) {
        String text = token.reveal().strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("bearer ") || lower.startsWith("flyv1 ")) {
            return text;
        }
        return (isMacaroon(text) ? "FlyV1 " : "Bearer ") + text;
    }

    private static boolean isMacaroon(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .anyMatch(part -> part.startsWith("fm1r_") || part.startsWith("fm2_"));
    }
}
