package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.managedredis.Answers.AddOn;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.ProtocolException;
import io.managedredis.settings.RetrySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that are nearly right: whatever is in them, a call ends with a value or with an error of its own. */
class MalformedAnswersTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ApiServer server = new ApiServer();
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private ManagedRedisClient client;

    @BeforeEach
    void open() {
        for (String operation : List.of(
                "FindDatabase", "ListDatabases", "ListPlans", "ListRegions", "ListOrganizations", "GetStatistics")) {
            server.alwaysFrom(operation, variables -> ApiServer.data(answer.get()));
        }
        client = server.clientBuilder().retry(RetrySettings.never()).build();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void should_end_with_a_value_or_a_typed_error() throws Exception {
        Random random = new Random(2026);
        String database = AddOn.named("carts")
                .environment("{\"REDIS_PRIMARY_URL\":\"redis://p@h\"}")
                .json();
        int values = 0;
        int errors = 0;
        for (int i = 0; i < 600; i++) {
            int kind = random.nextInt(5);
            answer.set(mutated(
                    switch (kind) {
                        case 0 -> "{\"addOn\":" + database + "}";
                        case 1 -> Answers.page("addOns", database + "," + database, null);
                        case 2 -> Answers.plans();
                        case 3 -> Answers.regions("mad", "ams");
                        default -> Answers.organizations("acme", "personal");
                    },
                    random));
            try {
                Object value = switch (kind) {
                    case 0 -> client.databases().find("carts");
                    case 1 -> client.databases().list().limit(10).toList();
                    case 2 -> client.plans().list();
                    case 3 -> client.regions().list();
                    default -> client.organizations().list();
                };
                assertThat(value).isNotNull();
                values++;
            } catch (ManagedRedisException typed) {
                assertThat(typed).as(answer.get()).isInstanceOf(ProtocolException.class);
                errors++;
            }
        }
        assertThat(values).isGreaterThan(50);
        assertThat(errors).isGreaterThan(50);
    }

    @Test
    void should_not_follow_pages_in_a_circle() {
        answer.set(Answers.page("addOns", AddOn.named("a").json(), "same"));

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> client.databases().list().count())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("does not move on");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void should_pass_through_what_it_has_never_seen() {
        answer.set("{\"addOn\":"
                + AddOn.named("carts")
                        .primary("mars-1")
                        .status("\"Hibernating\"")
                        .plan("plan-of-2040")
                        .options("{\"eviction\":\"maybe\",\"colour\":\"blue\"}")
                        .json()
                + "}");

        Database database = client.databases().find("carts").orElseThrow();

        assertThat(database.primaryRegion()).isEqualTo(Region.of("mars-1"));
        assertThat(database.status()).isEqualTo(DatabaseStatus.of("hibernating"));
        assertThat(database.planName()).isEqualTo("plan-of-2040");
        assertThat(database.eviction()).isEqualTo(Eviction.DISABLED);
        assertThat(database.options().values()).containsEntry("colour", "blue").containsEntry("eviction", "maybe");
    }

    /** Changes one to three places somewhere in the tree. */
    private static String mutated(String json, Random random) throws Exception {
        JsonNode tree = MAPPER.readTree(json);
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(tree, containers);
            JsonNode container = containers.get(random.nextInt(containers.size()));
            if (container instanceof ObjectNode object && !object.isEmpty()) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(4) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, strange(random));
                }
            } else if (container instanceof ArrayNode array && !array.isEmpty()) {
                array.set(random.nextInt(array.size()), strange(random));
            }
        }
        return tree.isObject() ? tree.toString() : "{}";
    }

    private static JsonNode strange(Random random) {
        return switch (random.nextInt(11)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(random.nextLong());
            case 2 -> NODES.numberNode(-1.5e300);
            case 3 -> NODES.textNode("");
            case 4 -> NODES.textNode("9".repeat(40));
            case 5 -> NODES.textNode("\u0000\ud83d\ude00 %s ../ redis://");
            case 6 -> NODES.booleanNode(true);
            case 7 -> NODES.arrayNode().add(NODES.nullNode()).add("x");
            case 8 -> NODES.objectNode().put("hasNextPage", true);
            case 9 -> NODES.textNode("999999999999999 TB");
            default -> NODES.textNode("Ünknown");
        };
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
