package io.managedredis.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.ManagedRedisClient;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.ApiError;
import io.managedredis.testing.fault.RegionDown;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no Redis for Windows")
class ServicePageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern OWN_FILE = Pattern.compile("(?:(?:href|src)=\"|from '\\.)(/[^\"']+)[\"']");

    private final LocalManagedRedis service = LocalManagedRedis.builder()
            .organizations("acme", "globex")
            .distances(Distances.none())
            .start();
    private final ServicePage page = service.page().orElseThrow();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void should_serve_files_that_load_nothing_from_elsewhere_and_say_so_to_browsers() throws Exception {
        Set<String> unread = new TreeSet<>(Set.of("/"));
        Set<String> read = new TreeSet<>();
        while (!unread.isEmpty()) {
            String path = unread.iterator().next();
            unread.remove(path);
            read.add(path);
            HttpResponse<String> file = send(HttpRequest.newBuilder(at(path)).build());
            assertThat(file.statusCode()).as(path).isEqualTo(200);
            assertThat(header(file, "Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "http", "*");
            assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(file, "X-Frame-Options")).isEqualTo("DENY");
            assertThat(header(file, "Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(header(file, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(file.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
            assertThat(header(file, "Content-Type"))
                    .startsWith(
                            path.endsWith(".js")
                                    ? "text/javascript"
                                    : path.endsWith(".css")
                                            ? "text/css"
                                            : path.endsWith(".svg") ? "image/svg+xml" : "text/html");
            assertThat(file.body().replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
            Matcher own = OWN_FILE.matcher(file.body());
            while (own.find()) {
                String other = own.group(1).startsWith("/page/") ? own.group(1) : "/page" + own.group(1);
                if (!read.contains(other)) {
                    unread.add(other);
                }
            }
        }
        assertThat(read).contains("/page/page.css", "/page/page.js", "/page/coast.js", "/page/icon.svg");
    }

    @Test
    void should_show_the_databases_of_all_organizations_without_secrets() throws Exception {
        Database carts = create("carts", "acme", "mad", "ams");
        create("sessions", "globex", "iad");
        try (RawRedis redis = RawRedis.connect(primary(carts))) {
            redis.call("SET", "key", "value");
        }

        HttpResponse<String> state = get("/page/state");

        assertThat(state.statusCode()).isEqualTo(200);
        assertThat(header(state, "Cache-Control")).isEqualTo("no-store");
        JsonNode databases = JSON.readTree(state.body()).get("databases");
        assertThat(databases.findValuesAsText("name")).contains("carts", "sessions");
        JsonNode shown = databases.get(0);
        assertThat(shown.get("organization").asText()).isEqualTo("acme");
        assertThat(shown.get("state").asText()).isEqualTo("active");
        assertThat(shown.at("/regions/0/code").asText()).isEqualTo("mad");
        assertThat(shown.at("/regions/0/role").asText()).isEqualTo("primary");
        assertThat(shown.at("/regions/0/commands").asInt()).isEqualTo(1);
        assertThat(shown.at("/regions/1/code").asText()).isEqualTo("ams");
        assertThat(shown.at("/regions/1/role").asText()).isEqualTo("replica");
        assertThat(shown.at("/callers/1/leadsTo").asText()).isEqualTo("ams");
        assertThat(shown.at("/callers/0/roundTripMillis/mad").isNumber()).isTrue();
        assertThat(shown.at("/limits/0/used").isNumber()).isTrue();
        assertThat(shown.get("address").asText()).contains("<redacted>");
        assertThat(state.body() + get("/page/catalog").body())
                .doesNotContain(
                        primary(carts).password().reveal(),
                        service.token("acme").reveal(),
                        service.token("globex").reveal(),
                        page.key().reveal());
    }

    @Test
    void should_show_nothing_and_do_nothing_without_its_key() throws Exception {
        String token = service.token("acme").reveal();
        List<String> wrong = List.of(
                "Bearer wrong",
                "Bearer ",
                "Bearer " + token,
                page.key().reveal(),
                "Basic " + Base64.getEncoder().encodeToString(("x:" + page.key().reveal()).getBytes(UTF_8)));
        for (String authorization : wrong) {
            for (String path : List.of("/page/state", "/page/catalog", "/page/nothing")) {
                HttpResponse<String> refused = send(HttpRequest.newBuilder(at(path))
                        .header("Authorization", authorization)
                        .build());
                assertThat(refused.statusCode()).isEqualTo(401);
                // With Basic a browser would ask for a password, and send it from then on by itself.
                assertThat(header(refused, "WWW-Authenticate")).isEqualTo("Bearer");
            }
        }
        HttpResponse<String> refused = send(HttpRequest.newBuilder(at("/page/faults"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"kind\":\"region-down\"}"))
                .build());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(faults()).isEmpty();
    }

    @Test
    void should_not_open_the_api_with_the_pages_key() throws Exception {
        HttpResponse<String> refused = send(HttpRequest.newBuilder(at("/graphql"))
                .header("Authorization", "Bearer " + page.key().reveal())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"query\":\"{ viewer { email } }\"}"))
                .build());

        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:80",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "127.0.0.1@evil.example",
                "[::1].evil.example",
                "2130706433",
                ""
            })
    void should_refuse_other_host_names_so_that_none_can_be_pointed_at_it(String host) throws IOException {
        for (String path : List.of("/", "/page/page.js", "/page/state")) {
            assertThat(raw("Host: " + host + "\r\n", path)).startsWith("HTTP/1.1 421");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:1", "localhost:8080", "LOCALHOST", "[::1]:8080", "10.1.2.3:80"})
    void should_answer_to_addresses_and_localhost_at_whatever_port_leads_here(String host) throws IOException {
        for (String path : List.of("/", "/page/state")) {
            assertThat(raw("Host: " + host + "\r\n", path)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void should_refuse_requests_without_one_host() throws IOException {
        assertThat(raw("", "/")).startsWith("HTTP/1.1 421");
        assertThat(raw("Host: 127.0.0.1\r\nHost: evil.example\r\n", "/")).startsWith("HTTP/1.1 4");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1",
        "Origin, https://127.0.0.1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void should_refuse_what_another_site_sends_even_with_the_key(String name, String value) throws Exception {
        HttpResponse<String> start = send(authorized("/page/faults")
                .header(name, value)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"kind\":\"region-down\"}"))
                .build());
        HttpResponse<String> look =
                send(authorized("/page/state").header(name, value).build());

        assertThat(start.statusCode()).isEqualTo(403);
        assertThat(look.statusCode()).isEqualTo(403);
        assertThat(faults()).isEmpty();
    }

    @Test
    void should_allow_what_the_page_itself_sends() throws Exception {
        assertThat(send(authorized("/page/state")
                                .header("Origin", "http://" + page.uri().getAuthority())
                                .header("Sec-Fetch-Site", "same-origin")
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /, GET",
        "DELETE, /page/page.css, GET",
        "POST, /page/state, GET",
        "PUT, /page/catalog, GET",
        "GET, /page/faults, POST",
        "OPTIONS, /page/faults, POST",
        "POST, /page/faults/1, DELETE"
    })
    void should_answer_405_to_other_methods(String method, String path, String allowed) throws Exception {
        HttpResponse<String> refused =
                send(authorized(path).method(method, BodyPublishers.noBody()).build());

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(header(refused, "Allow")).isEqualTo(allowed);
    }

    @Test
    void should_take_a_region_down_and_bring_it_back() throws Exception {
        Database carts = create("carts", "acme", "mad", "ams");
        RedisUrl ams =
                RedisUrl.parse(service.environment(carts, Vantage.beside()).get("REDIS_REPLICA_URL_AMS"));

        JsonNode started = post("{\"kind\":\"region-down\",\"region\":\"ams\",\"database\":\""
                + carts.id().value() + "\"}");

        assertThat(started.get("lasts").asBoolean()).isTrue();
        assertThatThrownBy(() -> RawRedis.connect(ams).close()).isInstanceOf(Exception.class);
        assertThat(faults()).hasSize(1);
        assertThat(faults().get(0).get("starter").asText()).isEqualTo("page");
        assertThat(faults().get(0).get("region").asText()).isEqualTo("ams");
        assertThat(state().at("/databases/0/regions/1/down").asBoolean()).isTrue();

        assertThat(delete(started.get("number").asLong()).statusCode()).isEqualTo(200);

        try (RawRedis redis = RawRedis.connect(ams)) {
            assertThat(redis.call("GET", "nothing")).isEqualTo("nil");
        }
        assertThat(faults()).isEmpty();
        assertThat(delete(started.get("number").asLong()).statusCode()).isEqualTo(404);
    }

    @Test
    void should_start_every_kind_of_fault_with_what_its_form_says_at_first() throws Exception {
        create("carts", "acme", "mad", "ams");
        for (JsonNode kind : JSON.readTree(get("/page/catalog").body()).get("faultKinds")) {
            Map<String, Object> fault = new LinkedHashMap<>();
            fault.put("kind", kind.get("id").asText());
            if (kind.get("ofData").asBoolean()) {
                fault.put("region", "ams");
                fault.put("database", null);
            }
            for (JsonNode parameter : kind.get("parameters")) {
                String usual = parameter.get("usual").asText();
                fault.put(
                        parameter.get("name").asText(),
                        usual.isEmpty() ? null : parameter.has("max") ? (Object) Integer.valueOf(usual) : usual);
            }

            JsonNode started = post(JSON.writeValueAsString(fault));

            assertThat(started.get("lasts").asBoolean())
                    .as(kind.toString())
                    .isNotEqualTo(kind.get("once").asBoolean());
            if (started.get("lasts").asBoolean()) {
                JsonNode shown = faults().get(0);
                fault.values().removeIf(value -> value == null);
                assertThat(JSON.convertValue(shown, new TypeReference<Map<String, Object>>() {}))
                        .containsAllEntriesOf(fault);
                assertThat(delete(started.get("number").asLong()).statusCode()).isEqualTo(200);
            }
            assertThat(faults()).isEmpty();
        }
    }

    @Test
    void should_show_faults_from_code_but_leave_their_end_to_the_code() throws Exception {
        ActiveFault fault = service.inject(RegionDown.in("ams"));

        JsonNode shown = faults().get(0);
        assertThat(shown.get("starter").asText()).isEqualTo("code");
        assertThat(delete(shown.get("number").asLong()).statusCode()).isEqualTo(409);
        assertThat(faults()).hasSize(1);

        fault.close();
        fault.close();

        assertThat(faults()).isEmpty();
    }

    @Test
    void should_forget_a_fault_of_the_api_that_has_happened_as_often_as_it_should() throws Exception {
        service.inject(ApiError.status(500).on("organizations").times(1));
        post("{\"kind\":\"api-error\",\"operation\":\"addOns\",\"status\":422,\"times\":1}");
        assertThat(faults()).hasSize(2);
        try (ManagedRedisClient client = service.client()) {
            assertThatThrownBy(() -> client.databases().list().forEach(database -> {}))
                    .isInstanceOf(ManagedRedisException.class);
        }

        assertThat(faults())
                .extracting(fault -> fault.get("operation").asText())
                .containsExactly("organizations");
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
                "{\"kind\":7}",
                "{\"kind\":\"\"}",
                "{\"kind\":\"nothing\"}",
                "{\"kind\":\"region-down\",\"regoin\":\"ams\"}",
                "{\"kind\":\"region-down\",\"region\":\"xyz\"}",
                "{\"kind\":\"region-down\",\"region\":\"a b\"}",
                "{\"kind\":\"region-down\",\"region\":{}}",
                "{\"kind\":\"region-down\",\"database\":\"none\"}",
                "{\"kind\":\"region-down\",\"kind\":\"region-slow\"}",
                "{\"kind\":\"region-down\"} {}",
                "{\"kind\":\"region-slow\",\"delayMillis\":-1}",
                "{\"kind\":\"region-slow\",\"delayMillis\":3600001}",
                "{\"kind\":\"region-slow\",\"delayMillis\":1e30}",
                "{\"kind\":\"region-slow\",\"delayMillis\":99999999999999999999}",
                "{\"kind\":\"region-slow\",\"delayMillis\":\"7\"}",
                "{\"kind\":\"region-slow\",\"delayMillis\":1.5}",
                "{\"kind\":\"api-error\",\"status\":302}",
                "{\"kind\":\"api-error\",\"region\":\"ams\"}",
                "{\"kind\":\"api-answer-lost\",\"times\":0}"
            })
    void should_answer_400_to_bodies_that_describe_no_fault(String body) throws Exception {
        HttpResponse<String> refused = postRaw("application/json", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).at("/errors/0/message").asText())
                .isNotBlank();
        assertThat(faults()).isEmpty();
    }

    @Test
    void should_refuse_bodies_that_are_too_large_or_no_json() throws Exception {
        assertThat(postRaw("text/plain", "{\"kind\":\"region-down\"}").statusCode())
                .isEqualTo(415);
        assertThat(postRaw("application/json", " ".repeat(8 * 1024) + "{}").statusCode())
                .isEqualTo(413);
        assertThat(postRaw("application/json", "[".repeat(4_000)).statusCode()).isEqualTo(400);
        assertThat(faults()).isEmpty();
    }

    @Test
    void should_refuse_more_faults_than_anyone_needs() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            statuses.add(postRaw("application/json", "{\"kind\":\"password-rejected\",\"region\":\"ams\"}")
                    .statusCode());
        }

        assertThat(statuses.subList(0, 100)).containsOnly(200);
        assertThat(statuses.get(100)).isEqualTo(409);
    }

    @Test
    void should_not_be_served_when_it_is_switched_off() throws Exception {
        try (LocalManagedRedis without = LocalManagedRedis.builder().page(false).start()) {
            assertThat(without.page()).isEmpty();
            for (String path : List.of("/", "/page/page.js", "/page/state", "/page/faults")) {
                assertThat(send(HttpRequest.newBuilder(without.apiUri().resolve(path))
                                        .build())
                                .statusCode())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void should_keep_the_key_out_of_texts_except_of_the_link() {
        assertThat(page.toString()).doesNotContain(page.key().reveal());
        assertThat(page.uri().toString()).isEqualTo(service.apiUri() + "/");
        assertThat(page.link().getFragment()).isEqualTo("key=" + page.key().reveal());
    }

    private Database create(String name, String organization, String primary, String... reads) {
        return service.create(DatabaseSpec.named(name)
                .organization(organization)
                .primaryRegion(primary)
                .readRegions(reads)
                .build());
    }

    private RedisUrl primary(Database database) {
        return service.url(database, Vantage.from(Region.of("mad")));
    }

    private JsonNode state() throws Exception {
        return JSON.readTree(get("/page/state").body());
    }

    private List<JsonNode> faults() throws Exception {
        List<JsonNode> faults = new ArrayList<>();
        state().get("faults").forEach(faults::add);
        return faults;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(authorized(path).build());
    }

    private JsonNode post(String body) throws Exception {
        HttpResponse<String> answer = postRaw("application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> postRaw(String type, String body) throws Exception {
        return send(authorized("/page/faults")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> delete(long number) throws Exception {
        return send(authorized("/page/faults/" + number).DELETE().build());
    }

    private HttpRequest.Builder authorized(String path) {
        return HttpRequest.newBuilder(at(path))
                .header("Authorization", "Bearer " + page.key().reveal());
    }

    private URI at(String path) {
        return page.uri().resolve(path);
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString());
    }

    private String raw(String host, String path) throws IOException {
        try (Socket socket = new Socket(page.uri().getHost(), page.uri().getPort())) {
            socket.setSoTimeout(20_000);
            String request = "GET " + path + " HTTP/1.1\r\n" + host + "Authorization: Bearer "
                    + page.key().reveal() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }
}
