package io.managedredis.testing.internal.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.ServicePage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Requests that are almost right, made from right ones by a seeded generator. {@code -Dhostile.requests=1000000} sends more of
 * them, {@code -Dhostile.seed=7} others.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no Redis for Windows")
class HostileRequestsTest {

    private static final int REQUESTS = Integer.getInteger("hostile.requests", 400);
    private static final long SEED = Long.getLong("hostile.seed", 1);

    /** Until then an answer is there, or the service waits for the rest of the request. */
    private static final int PATIENCE_MILLIS = 250;

    private static final List<String> PIECES = List.of(
            "\r\n",
            "\r\n\r\n",
            "\0",
            "%",
            "%00",
            "%zz",
            "../",
            "{",
            "}",
            "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "\"",
            "\\u0000",
            "\\ud800",
            "$x: Int = 1",
            "...F fragment F on Query { ...F }",
            "@skip(if: true)",
            "-1",
            "0",
            "99999999999999999999",
            "1e999",
            "null",
            "true",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Connection: Upgrade\r\nUpgrade: h2c\r\n",
            "Host: evil.example\r\n",
            "Authorization: Bearer\r\n",
            "Origin: null\r\n",
            "\u00e9",
            " ",
            "\t");

    private final LocalManagedRedis service = LocalManagedRedis.start();
    private final ServicePage page = service.page().orElseThrow();
    private final String bearer = "Authorization: Bearer " + service.token().reveal() + "\r\n";
    private final String key = "Authorization: Bearer " + page.key().reveal() + "\r\n";

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void should_answer_or_refuse_whatever_comes_and_never_fail() throws IOException {
        Random random = new Random(SEED);
        List<String> originals = originals();
        for (int i = 0; i < REQUESTS; i++) {
            String request = originals.get(random.nextInt(originals.size()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                request = changed(request, random);
            }

            String answer = exchange(request.getBytes(ISO_8859_1));

            assertThat(answer)
                    .as("the answer to request %d of seed %d: %s", i, SEED, request)
                    .matches(text -> text.isEmpty() || text.startsWith("HTTP/1."))
                    .doesNotStartWith("HTTP/1.1 5")
                    .doesNotContain("Exception", "io.managedredis", page.key().reveal());
        }
        for (String original : originals) {
            assertThat(exchange(original.getBytes(ISO_8859_1))).startsWith("HTTP/1.1 200");
        }
    }

    private List<String> originals() {
        return List.of(
                post("/graphql", bearer, "{\"query\":\"{ viewer { email } }\"}"),
                post(
                        "/from/ams/graphql",
                        bearer,
                        "{\"query\":\"query One($name: String) { addOn(name: $name, provider: \\\"upstash_redis\\\") "
                                + "{ id name publicUrl } }\",\"variables\":{\"name\":\"none\"},\"operationName\":\"One\"}"),
                post(
                        "/graphql",
                        bearer,
                        "{\"query\":\"{ addOns(type: upstash_redis, first: 2) { nodes { id options metadata } "
                                + "pageInfo { endCursor hasNextPage } } }\"}"),
                post(
                        "/graphql",
                        bearer,
                        "{\"query\":\"mutation M($input: DeleteAddOnInput!) { deleteAddOn(input: $input) "
                                + "{ deletedAddOnName } }\",\"variables\":{\"input\":{\"name\":\"none\"}}}"),
                get("/api/v1/organizations", bearer),
                get("/v1/platform/regions", bearer),
                get("/", ""),
                get("/page/state", key),
                get("/page/catalog", key),
                post("/page/faults", key, "{\"kind\":\"connection-cut\",\"region\":\"ams\",\"database\":null}"));
    }

    private String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + page.uri().getPort() + "\r\n" + headers
                + "Connection: close\r\n\r\n";
    }

    private String post(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + page.uri().getPort() + "\r\n" + headers
                + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    private static String changed(String request, Random random) {
        int at = random.nextInt(request.length() + 1);
        int end = Math.min(request.length(), at + 1 + random.nextInt(12));
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return switch (random.nextInt(6)) {
            case 0 -> request.substring(0, at) + piece + request.substring(at);
            case 1 -> request.substring(0, at) + piece + request.substring(end);
            case 2 -> request.substring(0, at) + request.substring(end);
            case 3 -> request.substring(0, at) + (char) random.nextInt(256) + request.substring(end);
            case 4 -> request.substring(0, end) + request.substring(at);
            default -> request.substring(0, at) + piece.repeat(1 + random.nextInt(400)) + request.substring(at);
        };
    }

    private String exchange(byte[] request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(page.uri().getHost(), page.uri().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                answer.write(buffer, 0, read);
            }
        } catch (SocketTimeoutException | SocketException waitingOrReset) {
            return answer.toString(ISO_8859_1);
        }
        return answer.toString(ISO_8859_1);
    }
}
