package io.managedredis.testing.internal.data.gateway;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to {@code HELLO}. */
final class HelloReply {

    private static final String REPLICA = "$4\r\nrole\r\n$7\r\nreplica\r\n";
    private static final String MASTER = "$4\r\nrole\r\n$6\r\nmaster\r\n";
    private static final Pattern ID = Pattern.compile("\\$2\r\nid\r\n:(\\d+)\r\n");

    private HelloReply() {}

    /** The same for a client of a replica's gateway: it takes writes, so it presents itself as a server that does. */
    static byte[] ofRegion(byte[] answer, long clientId) {
        String text = new String(answer, StandardCharsets.ISO_8859_1).replace(REPLICA, MASTER);
        return ID.matcher(text)
                .replaceFirst("\\$2\r\nid\r\n:" + clientId + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** How the server calls the connection; 0 when it does not say. */
    static long clientId(byte[] answer) {
        Matcher id = ID.matcher(new String(answer, StandardCharsets.ISO_8859_1));
        return id.find() ? Long.parseLong(id.group(1)) : 0;
    }
}
