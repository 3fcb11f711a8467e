package io.managedredis.testing.internal.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.Region;
import io.managedredis.Routing;
import io.managedredis.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The API over HTTP on a data plane that only records: for what does not depend on Redis. */
final class ApiFixture implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    final RecordingDataPlane dataPlane = new RecordingDataPlane();
    final Accounts accounts;
    final DatabaseRegistry databases;
    final ApiFaults faults;
    final ApiServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    ApiFixture() {
        this(Routing.BY_REGION, Set.of(), Integer.MAX_VALUE);
    }

    ApiFixture(Routing routing, Set<Region> excluded, int maxPageSize) {
        RandomText random = new RandomText(new Random(7));
        Map<String, Secret> tokens = new LinkedHashMap<>();
        tokens.put("personal", null);
        tokens.put("acme", null);
        accounts = Accounts.of(tokens, random);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        databases = new DatabaseRegistry(dataPlane, excluded, random, clock);
        ControlPlane plane = ControlPlane.of(accounts, databases, excluded, routing, maxPageSize, clock);
        faults = plane.faults();
        server = ApiServer.start(plane, Site.NONE, InetAddress.getLoopbackAddress(), 0);
    }

    String token(String organization) {
        return accounts.token(organization).reveal();
    }

    String organizationId(String organization) {
        return accounts.organization(organization).id();
    }

    /** Sends a document as the personal organization. */
    JsonNode ask(String document, Map<String, ?> variables) {
        return ask("personal", "", document, variables);
    }

    JsonNode ask(String organization, String base, String document, Map<String, ?> variables) {
        try {
            HttpResponse<String> response = post(
                    base + "/graphql",
                    "Bearer " + token(organization),
                    JSON.writeValueAsString(Map.of("query", document, "variables", variables)));
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    HttpResponse<String> post(String path, String authorization, String body) throws IOException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
