package io.managedredis.benchmarks.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What people write without an SDK: the JDK's HTTP client, a query in a text, and Jackson. No retry, no typed errors. */
final class ByHand {

    private static final String FIELDS =
            " { id name organization { slug } addOnPlan { displayName } primaryRegion readRegions status publicUrl createdAt }";
    private static final String FIND =
            "query($name: String!) { addOn(name: $name, provider: \"upstash_redis\")" + FIELDS + " }";
    private static final String LIST = "query($first: Int!, $after: String) {"
            + " addOns(type: upstash_redis, first: $first, after: $after) { nodes" + FIELDS
            + " pageInfo { hasNextPage endCursor } } }";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI uri;
    private final boolean asynchronous;

    /**
     * Talks to an API.
     *
     * @param asynchronous whether to send without blocking and then wait, as a client must that is asynchronous at heart
     */
    ByHand(URI baseUrl, boolean asynchronous) {
        this.uri = baseUrl.resolve("/graphql");
        this.asynchronous = asynchronous;
    }

    record FoundDatabase(
            String id,
            String name,
            String organization,
            String plan,
            String primaryRegion,
            List<String> readRegions,
            String status,
            String url,
            OffsetDateTime createdAt) {}

    FoundDatabase find(String name) throws IOException, InterruptedException {
        ObjectNode variables = json.createObjectNode().put("name", name);
        return database(post(FIND, variables).path("addOn"));
    }

    /** How many databases there are, by looking at each. */
    int count(int pageSize) throws IOException, InterruptedException {
        int count = 0;
        String after = null;
        while (true) {
            JsonNode page = post(
                            LIST, json.createObjectNode().put("first", pageSize).put("after", after))
                    .path("addOns");
            for (JsonNode node : page.path("nodes")) {
                count += database(node).readRegions().isEmpty() ? 0 : 1;
            }
            if (!page.path("pageInfo").path("hasNextPage").asBoolean()) {
                return count;
            }
            after = page.path("pageInfo").path("endCursor").asText();
        }
    }

    private JsonNode post(String query, ObjectNode variables) throws IOException, InterruptedException {
        ObjectNode body = json.createObjectNode().put("query", query);
        body.set("variables", variables);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer token")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> response = asynchronous
                ? http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                        .join()
                : http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        JsonNode answer = json.readTree(response.body());
        if (answer.has("errors")) {
            throw new IOException(answer.path("errors").toString());
        }
        return answer.path("data");
    }

    private static FoundDatabase database(JsonNode node) {
        List<String> readRegions = new ArrayList<>();
        node.path("readRegions").forEach(region -> readRegions.add(region.asText()));
        return new FoundDatabase(
                node.path("id").asText(),
                node.path("name").asText(),
                node.path("organization").path("slug").asText(),
                node.path("addOnPlan").path("displayName").asText(),
                node.path("primaryRegion").asText(),
                readRegions,
                node.path("status").asText(),
                node.path("publicUrl").asText(),
                OffsetDateTime.parse(node.path("createdAt").asText()));
    }
}
