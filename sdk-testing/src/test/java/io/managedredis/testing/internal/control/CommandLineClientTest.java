package io.managedredis.testing.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Walks the way of the provider's command-line client: the operations, fields and variables that its commands send. */
class CommandLineClientTest {

    private static final String PLANS =
            "query Plans($kind: AddOnType) { addOnPlans(type: $kind) { nodes { id displayName maxDataSize pricePerMonth } } }";
    private static final String CREATE = """
            mutation Create($input: CreateAddOnInput!) {
              createAddOn(input: $input) { addOn { name publicUrl ssoLink environment primaryRegion } }
            }""";
    private static final String GET = """
            query Get($name: String, $provider: String) {
              addOn(name: $name, provider: $provider) {
                ...Basics publicUrl privateIp password readRegions options metadata ssoLink
                organization { slug paidPlan }
                addOnProvider { ...Provider }
                app { ...Application }
                addOnPlan { id name displayName }
              }
            }
            fragment Basics on AddOn { id name primaryRegion status errorMessage metadata options }
            fragment Application on App { id name deployed platformVersion organization { ...Org } }
            fragment Org on Organization { id slug rawSlug paidPlan addOnSsoLink provisionsBetaExtensions }
            fragment Provider on AddOnProvider {
              id name displayName tosUrl asyncProvisioning autoProvision selectName selectRegion selectReplicaRegions
              detectPlatform resourceName nameSuffix beta internal tosAgreement provisioningInstructions
              excludedRegions { code }
            }""";

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void should_answer_what_comes_before_a_create() {
        JsonNode regions = api.ask(
                        "{ platform { requestRegion regions { name code latitude longitude gatewayAvailable requiresPaidPlan deprecated } } }",
                        Map.of())
                .at("/data/platform");
        assertThat(regions.path("requestRegion").isNull()).isTrue();
        assertThat(regions.path("regions").findValuesAsText("code")).contains("mad", "ams", "nrt");
        assertThat(regions.path("regions").findValuesAsText("name")).contains("Madrid, Spain");

        JsonNode organizations = api.ask("""
                        query($admin: Boolean!) {
                          organizations(admin: $admin) {
                            nodes { id slug name type paidPlan billable viewerRole internalNumericId }
                          }
                        }""", Map.of("admin", false)).at("/data/organizations/nodes");
        assertThat(organizations).hasSize(1);
        assertThat(organizations.at("/0/slug").asText()).isEqualTo("personal");
        assertThat(organizations.at("/0/type").asText()).isEqualTo("PERSONAL");

        JsonNode provider = api.ask(
                        "query($name: String!) { addOnProvider(name: $name) { id name excludedRegions { code } } }",
                        Map.of("name", "upstash_redis"))
                .at("/data/addOnProvider");
        assertThat(provider.path("name").asText()).isEqualTo("upstash_redis");
        assertThat(provider.path("excludedRegions")).isEmpty();

        JsonNode viewer = api.ask(
                        "{ viewer { ... on User { id email enablePaidHobby } ... on Macaroon { email } } }", Map.of())
                .at("/data/viewer");
        assertThat(viewer.path("id").asText()).isNotBlank();

        JsonNode organization = api.ask("""
                        query($slug: String!) {
                          organization(slug: $slug) {
                            id internalNumericId slug name type billable
                            limitedAccessTokens { nodes { id name expiresAt user { email } } }
                          }
                        }""", Map.of("slug", "personal")).at("/data/organization");
        assertThat(organization.path("id").asText()).isEqualTo(api.organizationId("personal"));
        assertThat(organization.at("/limitedAccessTokens/nodes")).isEmpty();

        assertThat(api.ask("{ nearestRegion { code name gatewayAvailable } }", Map.of())
                        .at("/data/nearestRegion/code")
                        .asText())
                .isEqualTo("ams");
    }

    @Test
    void should_list_the_plans_with_the_identifiers_that_the_client_has_built_in() {
        JsonNode plans = api.ask(PLANS, Map.of("kind", "upstash_redis")).at("/data/addOnPlans/nodes");

        assertThat(plans.findValuesAsText("displayName"))
                .startsWith("Free", "200MB", "500MB", "Pay-as-you-go")
                .endsWith("Pro 10k");
        assertThat(plans.findValuesAsText("id")).contains("x7M0gyB764ggwt6YZLRK", "ekQ85Yjkw155ohQ5ALYq0M");
        assertThat(plans.at("/0/maxDataSize").asText()).isEqualTo("100 MB");
        assertThat(plans.at("/1/pricePerMonth").asInt()).isEqualTo(1_000);
    }

    @Test
    void should_carry_a_database_through_its_life() {
        JsonNode created =
                api.ask(CREATE, Map.of("input", creation("crisp-harbor-2024"))).at("/data/createAddOn/addOn");
        assertThat(created.path("publicUrl").asText()).matches("redis://default:[0-9a-f]{32}@127\\.0\\.0\\.1:\\d+");

        JsonNode listed = api.ask("""
                        query List($kind: AddOnType) {
                          addOns(type: $kind) {
                            nodes {
                              id name addOnPlan { displayName } privateIp primaryRegion readRegions options metadata
                              organization { id slug }
                            }
                          }
                        }""", Map.of("kind", "upstash_redis")).at("/data/addOns/nodes/0");
        assertThat(listed.path("readRegions").toString()).isEqualTo("[\"ams\"]");

        JsonNode status = get("crisp-harbor-2024");
        assertThat(status.path("id").asText()).isEqualTo(listed.path("id").asText());
        assertThat(status.at("/options/eviction").isBoolean()).isTrue();
        assertThat(status.at("/options/eviction").asBoolean()).isFalse();
        assertThat(status.at("/addOnPlan/displayName").asText()).isEqualTo("Pay-as-you-go");
        assertThat(status.at("/organization/slug").asText()).isEqualTo("personal");

        JsonNode updated = api.ask(
                """
                mutation Update(
                  $addOnId: ID!, $planId: ID!, $readRegions: [String!]!, $options: JSON!, $metadata: JSON!, $prodPack: Boolean
                ) {
                  updateAddOn(input: {
                    addOnId: $addOnId, planId: $planId, readRegions: $readRegions, options: $options,
                    metadata: $metadata, prodPack: $prodPack
                  }) { addOn { id } }
                }""",
                nullable(
                        "addOnId", status.path("id").asText(),
                        "planId", status.at("/addOnPlan/id").asText(),
                        "readRegions", List.of("nrt", "sin"),
                        "options", Map.of("eviction", true),
                        "metadata", Map.of(),
                        "prodPack", null));
        assertThat(updated.has("errors")).as(updated.toString()).isFalse();
        assertThat(get("crisp-harbor-2024").path("readRegions").toString()).isEqualTo("[\"nrt\",\"sin\"]");
        assertThat(get("crisp-harbor-2024").at("/options/eviction").asBoolean()).isTrue();

        String newUrl = api.ask(
                        "mutation Reset($name: String!) { resetAddOnPassword(input: {name: $name}) { addOn { publicUrl } } }",
                        Map.of("name", "crisp-harbor-2024"))
                .at("/data/resetAddOnPassword/addOn/publicUrl")
                .asText();
        assertThat(newUrl)
                .matches("redis://default:[0-9a-f]{32}@127\\.0\\.0\\.1:\\d+")
                .isNotEqualTo(created.path("publicUrl").asText());

        JsonNode deleted = api.ask("""
                mutation Delete($name: String, $provider: String) {
                  deleteAddOn(input: {name: $name, provider: $provider}) { deletedAddOnName }
                }""", Map.of("name", "crisp-harbor-2024", "provider", "upstash_redis"));
        assertThat(deleted.at("/data/deleteAddOn/deletedAddOnName").asText()).isEqualTo("crisp-harbor-2024");
        assertThat(api.dataPlane.calls).last().isEqualTo("close");
    }

    @Test
    void should_accept_an_identifier_where_people_type_one_in_place_of_a_name() {
        api.ask(CREATE, Map.of("input", creation("old-pond-1")));
        String id = get("old-pond-1").path("id").asText();

        assertThat(get(id).path("name").asText()).isEqualTo("old-pond-1");
    }

    @Test
    void should_take_empty_text_and_null_for_what_is_left_out() {
        JsonNode created = api.ask(
                CREATE,
                Map.of(
                        "input",
                        nullable(
                                "appId", "",
                                "clientMutationId", "",
                                "name", "",
                                "options", null,
                                "organizationId", "",
                                "organizationPlanId", "",
                                "planId", "",
                                "primaryRegion", "mad",
                                "readRegions", null,
                                "type", "upstash_redis")));
        assertThat(created.has("errors")).as(created.toString()).isFalse();
        String name = created.at("/data/createAddOn/addOn/name").asText();

        JsonNode database = api.ask(GET, Map.of("name", name, "provider", "")).at("/data/addOn");
        assertThat(database.path("name").asText()).isEqualTo(name);
        assertThat(database.at("/addOnPlan/displayName").asText()).isEqualTo("Pay-as-you-go");
        assertThat(api.ask(
                                """
                                mutation Update($input: UpdateAddOnInput!) { updateAddOn(input: $input) { addOn { id } } }""",
                                Map.of(
                                        "input",
                                        nullable(
                                                "addOnId",
                                                database.path("id").asText(),
                                                "name",
                                                "",
                                                "provider",
                                                "",
                                                "planId",
                                                "",
                                                "readRegions",
                                                null,
                                                "options",
                                                null,
                                                "metadata",
                                                null,
                                                "prodPack",
                                                null)))
                        .has("errors"))
                .isFalse();
    }

    @Test
    void should_pick_a_name_of_two_words_and_a_number_when_none_is_given() {
        String name = api.ask(CREATE, Map.of("input", creation("")))
                .at("/data/createAddOn/addOn/name")
                .asText();

        assertThat(name).matches("[a-z]+-[a-z]+-[0-9]{4}");
    }

    @Test
    void should_say_in_the_words_that_clients_look_for_that_a_name_is_taken() {
        api.ask(CREATE, Map.of("input", creation("twice")));

        JsonNode error = api.ask(CREATE, Map.of("input", creation("twice"))).at("/errors/0");

        assertThat(error.path("message").asText()).isEqualTo("Validation failed: Name has already been taken");
        assertThat(error.path("path").toString()).isEqualTo("[\"createAddOn\"]");
        assertThat(error.at("/extensions/code").asText()).isEqualTo("UNPROCESSABLE");
    }

    @Test
    void should_answer_not_found_with_its_code() {
        JsonNode answer = api.ask(GET, Map.of("name", "nowhere", "provider", "upstash_redis"));

        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(answer.at("/data/addOn").isNull()).isTrue();
    }

    @Test
    void should_treat_the_older_name_of_the_type_alike() {
        api.ask(CREATE, Map.of("input", creation("older")));

        JsonNode answer =
                api.ask("query($kind: AddOnType) { addOns(type: $kind) { nodes { name } } }", Map.of("kind", "redis"));

        assertThat(answer.at("/data/addOns/nodes").findValuesAsText("name")).containsExactly("older");
        assertThat(api.ask("{ addOns(type: tigris) { totalCount } }", Map.of())
                        .at("/data/addOns/totalCount")
                        .asInt())
                .isZero();
    }

    @Test
    void should_serve_what_newer_clients_read_as_plain_json() throws IOException {
        JsonNode organizations = read("/api/v1/organizations?admin=false").path("organizations");
        assertThat(organizations).hasSize(1);
        assertThat(organizations.at("/0/id").asText()).isEqualTo(api.organizationId("personal"));
        assertThat(organizations.at("/0/personal").asBoolean()).isTrue();
        assertThat(read("/api/v1/organizations/personal")
                        .at("/organization/slug")
                        .asText())
                .isEqualTo("personal");
        assertThat(read("/api/v1/organizations/acme")
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("NOT_FOUND");
        assertThat(read("/from/nrt/v1/platform/regions").path("Nearest").asText())
                .isEqualTo("nrt");
        assertThat(read("/v1/platform/regions").path("Regions").findValuesAsText("code"))
                .contains("ams", "mad");
    }

    private JsonNode read(String path) throws IOException {
        return ApiFixture.json(api.send(HttpRequest.newBuilder(api.uri(path))
                        .header("Authorization", "Bearer " + api.token("personal"))
                        .build())
                .body());
    }

    private JsonNode get(String name) {
        return api.ask(GET, Map.of("name", name, "provider", "upstash_redis")).at("/data/addOn");
    }

    private Map<String, Object> creation(String name) {
        return Map.of(
                "organizationId",
                api.organizationId("personal"),
                "primaryRegion",
                "mad",
                "name",
                name,
                "planId",
                "ekQ85Yjkw155ohQ5ALYq0M",
                "readRegions",
                new ArrayList<>(List.of("ams")),
                "type",
                "upstash_redis",
                "options",
                Map.of());
    }

    private static Map<String, Object> nullable(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
