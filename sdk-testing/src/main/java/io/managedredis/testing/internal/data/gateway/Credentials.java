package io.managedredis.testing.internal.data.gateway;

import io.managedredis.RedisUrl;
import io.managedredis.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The one user and the password that clients of a database authenticate with.
 *
 * @param password the password
 */
record Credentials(Secret password) {

    static final String USERNAME = RedisUrl.DEFAULT_USERNAME;

    /** Whether these are right. Takes as long for a wrong password as for the right one, whatever their lengths. */
    boolean accept(byte[] username, byte[] offered) {
        boolean user = MessageDigest.isEqual(digest(username), digest(USERNAME.getBytes(StandardCharsets.UTF_8)));
        boolean right =
                MessageDigest.isEqual(digest(offered), digest(password.reveal().getBytes(StandardCharsets.UTF_8)));
        return user & right;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
