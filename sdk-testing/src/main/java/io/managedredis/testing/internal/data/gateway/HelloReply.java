package io.managedredis.testing.internal.data.gateway;

import java.nio.charset.StandardCharsets;

/** The answer to {@code HELLO}. */
final class HelloReply {

    private static final String REPLICA = "$4\r\nrole\r\n$7\r\nreplica\r\n";
    private static final String MASTER = "$4\r\nrole\r\n$6\r\nmaster\r\n";

    private HelloReply() {}

    /** Every region takes writes, so every region presents itself as one that does. */
    static byte[] asPrimary(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        return text.replace(REPLICA, MASTER).getBytes(StandardCharsets.ISO_8859_1);
    }
}
