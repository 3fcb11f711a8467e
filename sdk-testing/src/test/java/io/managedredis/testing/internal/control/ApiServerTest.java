package io.managedredis.testing.internal.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Routing;
import io.managedredis.error.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {

    private static final String QUERY = "{\"query\":\"{ viewer { email } }\"}";

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page",
                "/graphq",
                "/graphql/",
                "/from/ams",
                "/from/ams/graphql/x",
                "/from//graphql",
                "/from/xyz/graphql"
            })
    void should_answer_404_where_nothing_is_served(String path) throws IOException {
        HttpResponse<String> response = api.post(path, bearer(), QUERY);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(ApiFixture.json(response.body()).at("/errors/0/message").asText())
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void should_answer_405_to_methods_other_than_post(String method) throws IOException {
        HttpResponse<String> response = api.send(HttpRequest.newBuilder(api.uri("/graphql"))
                .header("Authorization", bearer())
                .method(method, BodyPublishers.noBody())
                .build());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "Bearer", "Bearer wrong", "Basic eDp5", "FlyV1 fm2_wrong,fo1_wrong", "wrong"})
    void should_answer_401_to_wrong_tokens(String authorization) throws IOException {
        HttpResponse<String> response = api.post("/graphql", authorization, QUERY);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(ApiFixture.json(response.body())
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("UNAUTHORIZED");
    }

    @Test
    void should_answer_401_without_a_token() throws IOException {
        HttpResponse<String> response = api.send(HttpRequest.newBuilder(api.uri("/graphql"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(QUERY))
                .build());

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer %s", "FlyV1 %s", "FlyV1 fm2_other,%s", "FlyV1 %s, fo1_other"})
    void should_accept_a_token_with_either_scheme(String authorization) throws IOException {
        HttpResponse<String> response =
                api.post("/graphql", String.format(Locale.ROOT, authorization, api.token("acme")), QUERY);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("fly-request-id")).isPresent();
        assertThat(response.headers().firstValue("Date")).contains("Mon, 23 Nov 2026 10:15:30 GMT");
        assertThat(response.body()).contains("acme@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/graphql", "application/jsonp"})
    void should_answer_415_to_other_content_types(String contentType) throws IOException {
        HttpResponse<String> response = api.send(HttpRequest.newBuilder(api.uri("/graphql"))
                .header("Authorization", bearer())
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(QUERY))
                .build());

        assertThat(response.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "{}",
                "{\"query\":7}",
                "{\"query\":\"{ viewer { email } }\",\"variables\":[]}",
                "{\"query\":\"{ viewer { email } }\",\"operationName\":{}}"
            })
    void should_answer_400_to_bodies_that_are_no_request(String body) throws IOException {
        assertThat(api.post("/graphql", bearer(), body).statusCode()).isEqualTo(400);
    }

    @Test
    void should_answer_400_to_json_that_is_nested_too_deeply() throws IOException {
        String body = "{\"query\":\"{ viewer { email } }\",\"variables\":{\"a\":" + "[".repeat(5_000)
                + "]".repeat(5_000) + "}}";

        assertThat(api.post("/graphql", bearer(), body).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{ nothing }",
                "{ viewer }",
                "{ addOn(id: 7.5) { id } }",
                "query One { viewer { email } } query Two { viewer { email } }",
                "subscription { viewer }"
            })
    void should_answer_errors_to_documents_that_are_wrong(String document) {
        assertThat(api.ask(document, Map.of()).at("/errors/0/message").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(ints = {1024 * 1024 + 1, 5 * 1024 * 1024})
    void should_answer_413_to_a_body_that_is_too_large(int length) throws IOException {
        String declared = request("x".repeat(length));
        String chunked = declared.replace("Content-Length: " + length, "Transfer-Encoding: chunked")
                .replace("\r\n\r\nx", "\r\n\r\n" + Integer.toHexString(length) + "\r\nx");
        for (String request : List.of(declared, chunked)) {
            try (Socket socket = connect()) {
                send(socket, request);

                assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                        .startsWith("HTTP/1.1 413")
                        .contains("larger than");
            }
        }
    }

    @Test
    void should_answer_requests_of_one_connection_in_their_order() throws IOException {
        try (Socket socket = connect()) {
            send(socket, request("{\"query\":\"{ a: __typename }\"}") + request("{\"query\":\"{ b: __typename }\"}"));

            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            assertThat(body(reader)).contains("\"a\"");
            assertThat(body(reader)).contains("\"b\"");

            send(socket, request("{\"query\":\"{ c: __typename }\"}"));
            assertThat(body(reader)).contains("\"c\"");
        }
    }

    @Test
    void should_answer_every_request_however_the_bytes_arrive() throws IOException {
        Random random = new Random(42);
        try (Socket socket = connect()) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            socket.setTcpNoDelay(true);
            for (int round = 0; round < 200; round++) {
                int together = random.nextInt(1, 4);
                StringBuilder requests = new StringBuilder();
                for (int i = 0; i < together; i++) {
                    requests.append(request("{\"query\":\"{ r" + round + "_" + i + ": __typename }\"}"));
                }
                int cut = random.nextInt(requests.length());
                send(socket, requests.substring(0, cut));
                send(socket, requests.substring(cut));

                for (int i = 0; i < together; i++) {
                    assertThat(body(reader)).contains("\"r" + round + "_" + i + "\"");
                }
            }
        }
    }

    @Test
    void should_close_the_connection_when_the_client_asks_for_that() throws IOException {
        try (Socket socket = connect()) {
            send(socket, request(QUERY).replace("Host: x", "Host: x\r\nConnection: close"));

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void should_refuse_a_request_line_or_header_that_is_too_long(int which) throws IOException {
        String padding = "x".repeat(20_000);
        try (Socket socket = connect()) {
            send(
                    socket,
                    which == 1
                            ? "POST /" + padding + " HTTP/1.1\r\nHost: x\r\n\r\n"
                            : "POST /graphql HTTP/1.1\r\nHost: x\r\nX-Padding: " + padding + "\r\n\r\n");

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith(which == 1 ? "HTTP/1.1 414" : "HTTP/1.1 431");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%zz", "/graphql%e"})
    void should_answer_400_to_a_path_that_is_malformed(String path) throws IOException {
        try (Socket socket = connect()) {
            send(socket, "POST " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void should_survive_random_bytes() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[random.nextInt(1, 4_000)];
            random.nextBytes(noise);
            try (Socket socket = connect();
                    OutputStream out = socket.getOutputStream()) {
                out.write(noise);
            } catch (IOException closedByTheServer) {
                continue;
            }
        }

        assertThat(api.post("/graphql", bearer(), QUERY).statusCode()).isEqualTo(200);
    }

    @Test
    void should_leave_no_thread_and_no_port_when_it_is_closed() throws IOException {
        assertThat(api.post("/graphql", bearer(), QUERY).statusCode()).isEqualTo(200);
        int port = api.server.port();

        api.server.close();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("managed-redis-api")));
    }

    @Test
    void should_say_so_when_the_port_is_taken() {
        assertThatThrownBy(() -> ApiServer.start(
                        ControlPlane.of(
                                api.accounts, api.databases, Set.of(), Routing.BY_REGION, 10, Clock.systemUTC()),
                        Site.NONE,
                        InetAddress.getLoopbackAddress(),
                        api.server.port()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(Integer.toString(api.server.port()))
                .hasMessageContaining("another port");
    }

    private String bearer() {
        return "Bearer " + api.token("personal");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private String request(String body) {
        return "POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: " + bearer()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String body(BufferedReader reader) throws IOException {
        assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
        int length = 0;
        for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
            String[] header = line.toLowerCase(Locale.ROOT).split(": ", 2);
            if (header[0].equals("content-length")) {
                length = Integer.parseInt(header[1]);
            }
        }
        char[] body = new char[length];
        int read = 0;
        while (read < length) {
            read += reader.read(body, read, length - read);
        }
        return new String(body);
    }
}
