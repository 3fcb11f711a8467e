package io.managedredis.benchmarks.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A provisioning API on a loopback port that has any number of databases and does as little as possible to answer: the one
 * with a name, or a page of all.
 */
final class PagingProvider implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int databases;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private PagingProvider(int databases, ServerSocket listener) {
        this.databases = databases;
        this.listener = listener;
    }

    static PagingProvider start(int databases) throws IOException {
        PagingProvider provider =
                new PagingProvider(databases, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        provider.threads.execute(provider::accept);
        return provider;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            }
        } catch (SocketException closed) {
            // The end.
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 1 << 16);
            for (byte[] request = readBody(in); request != null; request = readBody(in)) {
                byte[] answer = answer(JSON.readTree(request).path("variables"));
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + answer.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(answer);
                out.flush();
            }
        } catch (SocketException goneAway) {
            // A client that ended.
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            connections.remove(connection);
        }
    }

    /** The body of the next request, or null when there is none. */
    private static byte @Nullable [] readBody(InputStream in) throws IOException {
        int length = 0;
        for (String line = readLine(in); line != null; line = readLine(in)) {
            if (line.isEmpty()) {
                return in.readNBytes(length);
            }
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        return null;
    }

    private static @Nullable String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString(StandardCharsets.US_ASCII).stripTrailing();
            }
            line.write(next);
        }
        return null;
    }

    private byte[] answer(JsonNode variables) {
        StringBuilder text = new StringBuilder(1 << 16);
        if (variables.has("first")) {
            page(text, variables.path("after").asInt(0), variables.path("first").asInt());
        } else {
            text.append("{\"data\":{\"addOn\":");
            database(text, 0, variables.path("name").asText());
            text.append("}}");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void page(StringBuilder text, int from, int first) {
        int to = Math.min(databases, from + first);
        text.append("{\"data\":{\"addOns\":{\"nodes\":[");
        for (int number = from; number < to; number++) {
            text.append(number == from ? "" : ",");
            database(text, number, "database-" + number);
        }
        text.append("],\"pageInfo\":{\"hasNextPage\":")
                .append(to < databases)
                .append(",\"endCursor\":\"")
                .append(to)
                .append("\"}}}}");
    }

    private static void database(StringBuilder text, int number, String name) {
        text.append("{\"id\":\"id")
                .append(number)
                .append("\",\"name\":\"")
                .append(name)
                .append("\",\"organization\":{\"slug\":\"acme\"},\"addOnProvider\":{\"name\":\"upstash_redis\"},")
                .append("\"addOnPlan\":{\"id\":\"plan7\",\"name\":\"redis_payg\",\"displayName\":\"Pay-as-you-go\"},")
                .append("\"primaryRegion\":\"mad\",\"readRegions\":[\"ams\",\"nrt\"],\"status\":\"ready\",")
                .append("\"errorMessage\":null,\"options\":{\"eviction\":true},\"environment\":{},")
                .append("\"publicUrl\":\"redis://default:0123456789abcdef0123456789abcdef@fly-")
                .append(name)
                .append(".upstash.io:6379\",\"createdAt\":\"2026-11-01T12:00:00Z\",")
                .append("\"updatedAt\":\"2026-11-02T12:00:00Z\"}");
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdown();
    }
}
