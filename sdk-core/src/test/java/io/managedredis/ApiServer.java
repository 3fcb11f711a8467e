package io.managedredis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server on a real socket whose answers to each operation a test decides, and which keeps what it was asked. */
final class ApiServer implements AutoCloseable {

    static final String TOKEN = "fo1_secretTokenOfTheTests";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final MockWebServer server = new MockWebServer();
    private final Map<String, Queue<Function<JsonNode, MockResponse>>> next = new HashMap<>();
    private final Map<String, Function<JsonNode, MockResponse>> always = new HashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile String date = "Mon, 23 Nov 2026 12:00:00 GMT";

    /** One request as it arrived. */
    record Request(String operation, JsonNode variables, Map<String, String> headers) {

        JsonNode input() {
            return variables.path("input");
        }
    }

    ApiServer() {
        server.setServerSocketFactory(new WithoutDelay());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        try {
            server.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    URI url() {
        return URI.create("http://localhost:" + server.getPort());
    }

    /** The next answer to an operation; several are given in order. */
    ApiServer next(String operation, MockResponse response) {
        return nextFrom(operation, variables -> response);
    }

    ApiServer next(String operation, String data) {
        return next(operation, data(data));
    }

    synchronized ApiServer nextFrom(String operation, Function<JsonNode, MockResponse> response) {
        next.computeIfAbsent(operation, unused -> new ArrayDeque<>()).add(response);
        return this;
    }

    /** The answer to an operation when no next one is left. */
    ApiServer always(String operation, String data) {
        return alwaysFrom(operation, variables -> data(data));
    }

    synchronized ApiServer alwaysFrom(String operation, Function<JsonNode, MockResponse> response) {
        always.put(operation, response);
        return this;
    }

    /** Everything that a create asks first, for the organization {@code acme}. */
    ApiServer offering() {
        return always("ListOrganizations", Answers.organizations("acme"))
                .always("ListRegions", Answers.regions("mad", "ams", "nrt", "sin"))
                .always("ListPlans", Answers.plans());
    }

    /** What the clock of the server shows; null leaves the header out. */
    ApiServer date(String newDate) {
        date = newDate;
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    List<Request> requests(String operation) {
        return requests.stream()
                .filter(request -> request.operation().equals(operation))
                .toList();
    }

    Request only(String operation) {
        List<Request> found = requests(operation);
        if (found.size() != 1) {
            throw new AssertionError(operation + " was sent " + found.size() + " times");
        }
        return found.get(0);
    }

    ManagedRedisClient.Builder clientBuilder() {
        return ManagedRedisClient.builder().baseUrl(url()).token(TOKEN);
    }

    ManagedRedisClient client() {
        return clientBuilder().build();
    }

    static MockResponse data(String data) {
        return json("{\"data\":" + data + "}");
    }

    static MockResponse error(String message, String code) {
        return json("{\"data\":null,\"errors\":[{\"message\":\"" + message + "\",\"extensions\":{\"code\":\"" + code
                + "\"}}]}");
    }

    static MockResponse json(String body) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    static MockResponse status(int code, String body) {
        return new MockResponse.Builder().code(code).body(body).build();
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized MockResponse answer(RecordedRequest recorded) {
        try {
            JsonNode body = MAPPER.readTree(recorded.getBody().utf8());
            Map<String, String> headers = new HashMap<>();
            recorded.getHeaders()
                    .forEach(header -> headers.put(header.getFirst().toLowerCase(), header.getSecond()));
            Request request =
                    new Request(body.path("operationName").asText(), body.path("variables"), Map.copyOf(headers));
            requests.add(request);
            Queue<Function<JsonNode, MockResponse>> queue = next.get(request.operation());
            Function<JsonNode, MockResponse> response =
                    queue == null || queue.isEmpty() ? always.get(request.operation()) : queue.remove();
            return dated(
                    response == null
                            ? status(501, "the test has no answer to " + request.operation())
                            : response.apply(request.variables()));
        } catch (IOException unreadable) {
            return status(400, "unreadable");
        }
    }

    private MockResponse dated(MockResponse response) {
        return date == null || response.getHeaders().get("Date") != null
                ? response
                : response.newBuilder().addHeader("Date", date).build();
    }

    /** Answers at once: by default the end of an answer waits some 40 ms for the acknowledgement of its beginning. */
    private static final class WithoutDelay extends ServerSocketFactory {

        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket socket = super.accept();
                    socket.setTcpNoDelay(true);
                    return socket;
                }
            };
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            throw new UnsupportedOperationException();
        }
    }
}
