package io.managedredis.benchmarks.management;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.ManagedRedisClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A program that creates many databases at once, through the SDK or by hand. Each line it is sent is the API's address, its
 * token, an organization, a number of databases and a text that their names begin with; it answers how many milliseconds it
 * took until all were there.
 */
public final class CreateProgram {

    private static final String ORGANIZATIONS = "{ organizations(first: 100) { nodes { id slug } } }";
    private static final String CREATE = "mutation($input: CreateAddOnInput!) { createAddOn(input: $input) {"
            + " addOn { id name primaryRegion readRegions status publicUrl } } }";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<URI, ManagedRedisClient> CLIENTS = new ConcurrentHashMap<>();
    private static final ObjectMapper JSON = new ObjectMapper();

    private CreateProgram() {}

    /**
     * Answers until its input ends.
     *
     * @param args {@code ours} or {@code by-hand}
     */
    public static void main(String[] args) throws Exception {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ");
            List<String> names = new ArrayList<>();
            for (int number = 0; number < Integer.parseInt(words[3]); number++) {
                names.add(words[4] + number);
            }
            long start = System.nanoTime();
            if (args[0].equals("ours")) {
                ours(URI.create(words[0]), words[1], words[2], names);
            } else {
                byHand(URI.create(words[0]), words[1], words[2], names);
            }
            System.out.println((System.nanoTime() - start) / 1e6);
        }
        System.exit(0);
    }

    private static void ours(URI api, String token, String organization, List<String> names) {
        ManagedRedisClient client = CLIENTS.computeIfAbsent(
                api,
                any -> ManagedRedisClient.builder().baseUrl(api).token(token).build());
        List<CompletableFuture<Database>> created = new ArrayList<>();
        for (String name : names) {
            created.add(client.databases()
                    .async()
                    .create(DatabaseSpec.named(name)
                            .organization(organization)
                            .primaryRegion("mad")
                            .build()));
        }
        created.forEach(CompletableFuture::join);
    }

    private static void byHand(URI api, String token, String organization, List<String> names)
            throws IOException, InterruptedException {
        String id = "";
        byte[] answer = HTTP.send(
                        request(api, token, ORGANIZATIONS, JSON.createObjectNode()),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        for (var node : JSON.readTree(answer).path("data").path("organizations").path("nodes")) {
            id = node.path("slug").asText().equals(organization)
                    ? node.path("id").asText()
                    : id;
        }
        List<CompletableFuture<HttpResponse<byte[]>>> created = new ArrayList<>();
        for (String name : names) {
            ObjectNode variables = JSON.createObjectNode();
            variables
                    .putObject("input")
                    .put("type", "upstash_redis")
                    .put("name", name)
                    .put("organizationId", id)
                    .put("primaryRegion", "mad")
                    .putArray("readRegions");
            created.add(
                    HTTP.sendAsync(request(api, token, CREATE, variables), HttpResponse.BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> one : created) {
            byte[] body = one.join().body();
            if (!JSON.readTree(body)
                    .path("data")
                    .path("createAddOn")
                    .path("addOn")
                    .has("id")) {
                throw new IOException("not created: " + new String(body, StandardCharsets.UTF_8));
            }
        }
    }

    private static HttpRequest request(URI api, String token, String query, ObjectNode variables) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("query", query);
        body.set("variables", variables);
        return HttpRequest.newBuilder(URI.create(api + "/graphql"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
    }
}
