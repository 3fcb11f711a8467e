package io.managedredis.lettuce.internal.consistency;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A position in the fences of one process, with a proof that it was issued there. Its text is safe in a cookie or a header: 50
 * letters, digits, {@code -} and {@code _}.
 *
 * @param process the process that issued it
 * @param position everything written before this fence of that process is meant
 * @param edition tells tokens apart that have one position but do not stand for the same writes
 * @param seal what only that process can compute of the others
 */
record SessionToken(long process, long position, long edition, long seal) {

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 4 * Long.BYTES + Integer.BYTES;
    private static final int CHARACTERS = 50;

    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(process)
                .putLong(position)
                .putLong(edition)
                .putLong(seal);
        bytes.putInt(checksum(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The token of a text, empty for any text that {@link #text} does not give. */
    static Optional<SessionToken> parse(String text) {
        if (text.length() != CHARACTERS) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length != BYTES || buffer.get() != VERSION) {
            return Optional.empty();
        }
        SessionToken token = new SessionToken(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
        boolean intact = buffer.getInt() == checksum(bytes)
                && token.position >= 0
                && token.text().equals(text);
        return intact ? Optional.of(token) : Optional.empty();
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, BYTES - Integer.BYTES);
        return (int) checksum.getValue();
    }
}
