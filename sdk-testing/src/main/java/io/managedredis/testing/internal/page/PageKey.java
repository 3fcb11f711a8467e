package io.managedredis.testing.internal.page;

import io.managedredis.Secret;
import io.managedredis.testing.internal.control.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What a request must carry to see and do anything; no browser sends it unless the page's own script does. */
final class PageKey {

    private static final String SCHEME = "bearer ";

    private final byte[] key;

    PageKey(Secret key) {
        this.key = bytes(key.reveal());
    }

    boolean opens(Request request) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> bytes(value.substring(SCHEME.length()).strip()))
                .filter(given -> MessageDigest.isEqual(key, given))
                .isPresent();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
