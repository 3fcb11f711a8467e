package io.managedredis.benchmarks.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many commands of a kind a server has executed, by its own count. Asks over a socket of its own each time.
 *
 * @param port the server's port on loopback
 */
public record CommandCounts(int port) {

    private static final int PATIENCE_MILLIS = 1_000;
    private static final byte[] QUESTION = "INFO commandstats\r\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * The count of each of these commands.
     *
     * @throws IOException when the server does not answer within a second
     */
    public long[] of(String... commands) throws IOException {
        String statistics = ask();
        long[] counts = new long[commands.length];
        for (int i = 0; i < commands.length; i++) {
            Matcher calls = Pattern.compile("cmdstat_" + commands[i].toLowerCase(Locale.ROOT) + ":calls=([0-9]+)")
                    .matcher(statistics);
            counts[i] = calls.find() ? Long.parseLong(calls.group(1)) : 0;
        }
        return counts;
    }

    private String ask() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(QUESTION);
            InputStream in = socket.getInputStream();
            StringBuilder length = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("the server closed the connection");
                }
                length.append((char) next);
            }
            if (length.charAt(0) != '$') {
                throw new IOException("the server says " + length);
            }
            return new String(in.readNBytes(Integer.parseInt(length.substring(1).strip())), StandardCharsets.US_ASCII);
        }
    }
}
