package io.managedredis.testing.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.managedredis.Region;
import io.managedredis.Routing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class GraphQlApiTest {

    private static final String CREATE =
            "mutation($input: CreateAddOnInput!) { createAddOn(input: $input) { addOn { id name environment publicUrl } clientMutationId } }";

    @Test
    void should_keep_organizations_apart() {
        try (ApiFixture api = new ApiFixture()) {
            String id =
                    create(api, "acme", "", Map.of("name", "carts")).path("id").asText();

            for (String document : List.of(
                    "{ addOn(id: \"" + id + "\") { id } }",
                    "{ addOn(name: \"carts\") { id } }",
                    "{ node(id: \"" + id + "\") { id } }",
                    "mutation { updateAddOn(input: {addOnId: \"" + id + "\", readRegions: []}) { addOn { id } } }",
                    "mutation { deleteAddOn(input: {name: \"carts\"}) { deletedAddOnName } }",
                    "mutation { resetAddOnPassword(input: {name: \"carts\"}) { addOn { publicUrl } } }",
                    "{ organization(slug: \"acme\") { id } }",
                    "{ organization(id: \"" + api.organizationId("acme") + "\") { id } }")) {
                assertThat(api.ask("personal", "", document, Map.of())
                                .at("/errors/0/extensions/code")
                                .asText())
                        .as(document)
                        .isEqualTo("NOT_FOUND");
            }
            assertThat(api.ask("personal", "", "{ addOns { totalCount } organizations { totalCount } }", Map.of())
                            .at("/data")
                            .toString())
                    .isEqualTo("{\"addOns\":{\"totalCount\":0},\"organizations\":{\"totalCount\":1}}");
            assertThat(api.ask("acme", "", "{ organization(slug: \"acme\") { addOns { nodes { id } } } }", Map.of())
                            .findValuesAsText("id"))
                    .containsExactly(id);
            assertThat(create(api, "personal", "", Map.of("name", "x", "organizationId", api.organizationId("acme")))
                            .at("/extensions/code")
                            .asText())
                    .isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void should_publish_an_address_for_each_region() {
        try (ApiFixture api = new ApiFixture()) {
            JsonNode database = create(api, "acme", "", Map.of("name", "a", "readRegions", List.of("ams", "nrt")));

            JsonNode environment = database.path("environment");
            assertThat(environment.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "REDIS_URL", "REDIS_PRIMARY_URL", "REDIS_REPLICA_URL_AMS", "REDIS_REPLICA_URL_NRT");
            assertThat(environment.path("REDIS_URL")).isEqualTo(database.path("publicUrl"));
        }
    }

    @Test
    void should_publish_the_single_address_only_when_the_platform_routes() {
        try (ApiFixture api = new ApiFixture(Routing.BY_PLATFORM, Set.of(), 100)) {
            JsonNode environment = create(api, "acme", "", Map.of("name", "a")).path("environment");

            assertThat(environment.fieldNames()).toIterable().containsExactly("REDIS_URL");
        }
    }

    @Test
    void should_answer_as_to_a_client_in_the_region_of_the_path() {
        try (ApiFixture api = new ApiFixture()) {
            JsonNode beside = create(api, "acme", "", Map.of("name", "a"));
            JsonNode far = api.ask(
                            "acme",
                            "/from/ams",
                            "{ addOn(name: \"a\") { publicUrl environment } platform { requestRegion } nearestRegion { code } }",
                            Map.of())
                    .path("data");

            assertThat(far.at("/platform/requestRegion").asText()).isEqualTo("ams");
            assertThat(far.at("/nearestRegion/code").asText()).isEqualTo("ams");
            assertThat(far.at("/addOn/publicUrl")).isNotEqualTo(beside.path("publicUrl"));
            assertThat(far.at("/addOn/environment/REDIS_PRIMARY_URL"))
                    .isNotEqualTo(beside.at("/environment/REDIS_PRIMARY_URL"));
            assertThat(api.ask("acme", "/from/mad", "{ nearestRegion { code } }", Map.of())
                            .at("/data/nearestRegion/code")
                            .asText())
                    .as("the nearest region is an open one")
                    .isEqualTo("cdg");
        }
    }

    @Test
    void should_page_through_databases_while_they_come_and_go() {
        try (ApiFixture api = new ApiFixture(Routing.BY_REGION, Set.of(), 3)) {
            for (int i = 0; i < 8; i++) {
                create(api, "acme", "", Map.of("name", "db-" + i));
            }
            String document =
                    "query($after: String) { addOns(after: $after, first: 100) { nodes { name } pageInfo { hasNextPage endCursor } totalCount } }";

            List<String> names = new ArrayList<>();
            JsonNode page = api.ask("acme", "", document, Map.of()).at("/data/addOns");
            names.addAll(page.findValuesAsText("name"));
            api.ask("acme", "", "mutation { deleteAddOn(input: {name: \"db-2\"}) { deletedAddOnName } }", Map.of());
            while (page.at("/pageInfo/hasNextPage").asBoolean()) {
                page = api.ask(
                                "acme",
                                "",
                                document,
                                Map.of("after", page.at("/pageInfo/endCursor").asText()))
                        .at("/data/addOns");
                names.addAll(page.findValuesAsText("name"));
            }

            assertThat(names).containsExactly("db-0", "db-1", "db-2", "db-3", "db-4", "db-5", "db-6", "db-7");
            assertThat(page.path("totalCount").asInt()).isEqualTo(7);
        }
    }

    @Test
    void should_mark_retired_regions_and_name_excluded_ones() {
        try (ApiFixture api = new ApiFixture(Routing.BY_REGION, Set.of(Region.of("jnb")), 100)) {
            JsonNode data = api.ask(
                            "{ platform { regions { code deprecated } } addOnProvider(name: \"upstash_redis\") { excludedRegions { code } regions { code } } }",
                            Map.of())
                    .path("data");

            assertThat(StreamSupport.stream(data.at("/platform/regions").spliterator(), false)
                            .filter(region -> region.path("deprecated").asBoolean())
                            .map(region -> region.path("code").asText()))
                    .contains("mad")
                    .doesNotContain("ams")
                    .hasSize(18);
            assertThat(data.at("/addOnProvider/excludedRegions").findValuesAsText("code"))
                    .containsExactly("jnb");
            assertThat(data.at("/addOnProvider/regions").findValuesAsText("code"))
                    .hasSize(35)
                    .doesNotContain("jnb");
        }
    }

    @Test
    void should_give_times_and_identifiers_in_their_formats() {
        try (ApiFixture api = new ApiFixture()) {
            create(api, "acme", "", Map.of("name", "a"));

            JsonNode database = api.ask(
                            "acme",
                            "",
                            "{ addOn(name: \"a\") { id createdAt updatedAt status errorMessage } }",
                            Map.of())
                    .at("/data/addOn");

            assertThat(database.path("createdAt").asText()).isEqualTo(ApiFixture.NOW.toString());
            assertThat(database.path("id").asText()).matches("[A-Za-z0-9]{16}");
            assertThat(database.path("errorMessage").isNull()).isTrue();
        }
    }

    @Test
    void should_read_options_written_into_the_document() {
        try (ApiFixture api = new ApiFixture()) {
            JsonNode answer = api.ask(
                    "acme",
                    "",
                    "mutation { createAddOn(input: {type: upstash_redis, primaryRegion: \"mad\", options: {eviction: true, list: [1, 2.5, null]}}) { addOn { options } } }",
                    Map.of());

            assertThat(answer.at("/data/createAddOn/addOn/options").toString())
                    .isEqualTo("{\"eviction\":true,\"list\":[1,2.5,null]}");
        }
    }

    @Test
    void should_give_the_mutation_identifier_back() {
        try (ApiFixture api = new ApiFixture()) {
            JsonNode answer = api.ask(
                    CREATE,
                    Map.of("input", Map.of("type", "redis", "primaryRegion", "mad", "clientMutationId", "m-1")));

            assertThat(answer.at("/data/createAddOn/clientMutationId").asText()).isEqualTo("m-1");
        }
    }

    @Test
    void should_hide_what_went_wrong_inside_behind_a_server_error() {
        try (ApiFixture api = new ApiFixture()) {
            api.dataPlane.nextFailure.set(new IllegalStateException("disk"));

            JsonNode answer = api.ask(CREATE, Map.of("input", Map.of("type", "redis", "primaryRegion", "mad")));

            assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("SERVER_ERROR");
            assertThat(answer.toString()).doesNotContain("disk");
            assertThat(answer.at("/data/createAddOn").isNull()).isTrue();
        }
    }

    private static JsonNode create(ApiFixture api, String organization, String base, Map<String, Object> fields) {
        Map<String, Object> input = new HashMap<>(Map.of("type", "upstash_redis", "primaryRegion", "mad"));
        input.putAll(fields);
        JsonNode answer = api.ask(organization, base, CREATE, Map.of("input", input));
        return answer.has("errors") ? answer.at("/errors/0") : answer.at("/data/createAddOn/addOn");
    }
}
