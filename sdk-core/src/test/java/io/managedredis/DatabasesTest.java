package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Answers.AddOn;
import io.managedredis.error.AuthenticationException;
import io.managedredis.error.ConflictException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.NotFoundException;
import io.managedredis.error.UnavailableException;
import io.managedredis.settings.RetrySettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabasesTest {

    private final ApiServer server = new ApiServer();
    private ManagedRedisClient client;
    private Databases databases;

    @BeforeEach
    void open() {
        client = server.client();
        databases = client.databases();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void should_create_what_the_specification_says() {
        server.offering().next("CreateDatabase", AddOn.named("sessions").created());

        Database database = databases.create(DatabaseSpec.named("sessions")
                .organization("acme")
                .primaryRegion("mad")
                .readRegions("ams")
                .plan(PlanId.of("200mb"))
                .eviction(Eviction.ENABLED)
                .build());

        assertThat(server.only("CreateDatabase").input())
                .hasToString("{\"type\":\"upstash_redis\",\"name\":\"sessions\",\"organizationId\":\"org-acme\","
                        + "\"primaryRegion\":\"mad\",\"readRegions\":[\"ams\"],\"planId\":\"plan-200\","
                        + "\"options\":{\"eviction\":true}}");
        assertThat(database.id()).isEqualTo(DatabaseId.of("id-sessions"));
        assertThat(database.organization()).isEqualTo("acme");
        assertThat(database.planId()).isEqualTo(PlanId.of("plan-200"));
        assertThat(database.planName()).isEqualTo("200MB");
        assertThat(database.primaryRegion()).isEqualTo(Region.of("mad"));
        assertThat(database.readRegions()).containsExactly(Region.of("ams"));
        assertThat(database.eviction()).isEqualTo(Eviction.ENABLED);
        assertThat(database.isReady()).isTrue();
    }

    @Test
    void should_leave_plan_and_options_to_the_provider_when_none_are_given() {
        server.offering().next("CreateDatabase", AddOn.named("carts").created());

        databases.define("carts").primaryRegion("mad").create();

        assertThat(server.only("CreateDatabase").input().has("planId")).isFalse();
        assertThat(server.only("CreateDatabase").input().path("options")).isEmpty();
        assertThat(server.requests("ListPlans")).isEmpty();
    }

    @Test
    void should_use_the_personal_organization_when_none_is_named() {
        server.offering()
                .always("ListOrganizations", Answers.organizations("acme", "personal"))
                .next("CreateDatabase", AddOn.named("carts").created());

        databases.define("carts").primaryRegion("mad").create();

        assertThat(server.only("CreateDatabase").input().path("organizationId").asText())
                .isEqualTo("org-personal");
    }

    @Test
    void should_refuse_an_unknown_region_before_anything_is_created() {
        server.offering();

        assertThatThrownBy(() -> databases.define("carts").primaryRegion("xyz").create())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("xyz")
                .hasMessageContaining("mad, ams, sin")
                .extracting("field")
                .isEqualTo("primaryRegion");
        assertThat(server.requests("CreateDatabase")).isEmpty();
    }

    @Test
    void should_refuse_an_excluded_read_region() {
        server.offering();

        assertThatThrownBy(() -> databases
                        .define("carts")
                        .primaryRegion("mad")
                        .readRegions("nrt")
                        .create())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("nrt")
                .extracting("field")
                .isEqualTo("readRegions");
        assertThat(server.requests("CreateDatabase")).isEmpty();
    }

    @Test
    void should_refuse_an_unknown_plan_and_list_those_that_exist() {
        server.offering();

        assertThatThrownBy(() -> databases
                        .define("carts")
                        .primaryRegion("mad")
                        .plan(PlanId.of("gold"))
                        .create())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("gold")
                .hasMessageContaining("200MB (plan-200)");
    }

    @Test
    void should_refuse_an_unknown_organization_and_list_those_that_exist() {
        server.offering();

        assertThatThrownBy(() -> databases
                        .define("carts")
                        .organization("umbrella")
                        .primaryRegion("mad")
                        .create())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("umbrella")
                .hasMessageContaining("acme");
    }

    @Test
    void should_say_that_a_name_is_taken() {
        server.offering()
                .next(
                        "CreateDatabase",
                        ApiServer.error("Validation failed: Name has already been taken", "UNPROCESSABLE"));

        assertThatThrownBy(() -> databases.define("carts").primaryRegion("mad").create())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Name has already been taken")
                .hasMessageContaining("operation=create, database=carts");
        assertThat(server.requests("CreateDatabase")).hasSize(1);
    }

    @Test
    void should_say_where_tokens_come_from_when_the_token_is_wrong() {
        server.alwaysFrom("FindDatabase", variables -> ApiServer.status(401, "nope"));

        assertThatThrownBy(() -> databases.find("carts"))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("FLY_ACCESS_TOKEN")
                .hasMessageContaining("status=401");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void should_say_that_the_api_cannot_be_reached() {
        URI nobody = server.url();
        server.close();
        try (ManagedRedisClient lost = ManagedRedisClient.builder()
                .baseUrl(nobody)
                .token("t")
                .retry(RetrySettings.never())
                .build()) {
            assertThatThrownBy(() -> lost.databases().find("carts"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining(nobody.toString())
                    .hasMessageContaining("retryable=true");
        }
    }

    @Test
    void should_find_by_name_at_this_provider_only() {
        server.next("FindDatabase", AddOn.named("carts").found()).next("FindDatabase", Answers.absent());

        assertThat(databases.find("carts")).map(Database::name).contains("carts");
        assertThat(databases.find("none")).isEmpty();
        assertThat(server.requests("FindDatabase").get(0).variables())
                .hasToString("{\"name\":\"carts\",\"provider\":\"upstash_redis\"}");
    }

    @Test
    void should_take_a_not_found_code_as_absence() {
        server.next("FindDatabase", ApiServer.error("Could not find AddOn", "NOT_FOUND"));

        assertThat(databases.find("carts")).isEmpty();
    }

    @Test
    void should_not_take_a_wrong_address_as_absence() {
        server.next("FindDatabase", ApiServer.status(404, "<html>no such page</html>"));

        assertThatThrownBy(() -> databases.find("carts"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("base URL");
    }

    @Test
    void should_not_get_an_add_on_of_another_product() {
        server.next("GetDatabase", AddOn.named("bucket").found().replace("\"upstash_redis\"", "\"tigris\""));

        assertThatThrownBy(() -> databases.get(DatabaseId.of("id-bucket"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void should_list_all_pages_lazily() {
        server.next(
                        "ListDatabases",
                        Answers.page(
                                "addOns",
                                AddOn.named("a").json() + "," + AddOn.named("b").json(),
                                "c1"))
                .next("ListDatabases", Answers.page("addOns", AddOn.named("c").json(), null));

        assertThat(databases.list().limit(2)).extracting(Database::name).containsExactly("a", "b");
        assertThat(server.requests("ListDatabases")).hasSize(1);

        server.next("ListDatabases", Answers.page("addOns", AddOn.named("d").json(), null));
        assertThat(databases.list()).extracting(Database::name).containsExactly("c");
    }

    @Test
    void should_ask_for_the_page_after_the_last() {
        server.next("ListDatabases", Answers.page("addOns", AddOn.named("a").json(), "c1"))
                .next("ListDatabases", Answers.page("addOns", "", "c2"))
                .next("ListDatabases", Answers.page("addOns", AddOn.named("b").json(), null));

        assertThat(databases.list()).extracting(Database::name).containsExactly("a", "b");
        assertThat(server.requests("ListDatabases"))
                .extracting(request -> request.variables().path("after").asText("none"))
                .containsExactly("none", "c1", "c2");
    }

    @Test
    void should_list_what_the_filter_means() {
        String all = AddOn.named("ci-a").json() + ","
                + AddOn.named("ci-b").primary("sin").plan("plan-500").json() + ","
                + AddOn.named("shop").readRegions("sin").json();
        server.always("ListDatabases", Answers.page("addOns", all, null))
                .always("ListOrganizationDatabases", "{\"organization\":" + Answers.page("addOns", all, null) + "}");
        DatabaseFilter any = DatabaseFilter.all();

        assertThat(databases.list(any.namePrefix("ci-")))
                .extracting(Database::name)
                .containsExactly("ci-a", "ci-b");
        assertThat(databases.list(any.region(Region.of("sin"))))
                .extracting(Database::name)
                .containsExactly("ci-b", "shop");
        assertThat(databases.list(any.plan(PlanId.of("500mb"))))
                .extracting(Database::name)
                .containsExactly("ci-b");
        assertThat(databases.list(any.plan(PlanId.of("plan-500")).namePrefix("shop")))
                .isEmpty();
        assertThat(databases.list(any.organization("acme").pageSize(7))).hasSize(3);
        assertThat(server.only("ListOrganizationDatabases").variables()).hasToString("{\"first\":7,\"slug\":\"acme\"}");
        assertThatThrownBy(() -> any.pageSize(0)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_say_when_there_is_no_such_organization_to_list() {
        server.always("ListOrganizationDatabases", "{\"organization\":null}");

        assertThatThrownBy(() -> databases
                        .list(DatabaseFilter.all().organization("umbrella"))
                        .count())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("umbrella");
    }

    @Test
    void should_page_without_waiting() {
        server.next("ListDatabases", Answers.page("addOns", AddOn.named("a").json(), "c1"))
                .next("ListDatabases", Answers.page("addOns", AddOn.named("b").json(), null));

        DatabasePage first = databases.async().list(DatabaseFilter.all()).join();
        DatabasePage second = first.next().join().orElseThrow();

        assertThat(first.databases()).extracting(Database::name).containsExactly("a");
        assertThat(first.hasNext()).isTrue();
        assertThat(second.databases()).extracting(Database::name).containsExactly("b");
        assertThat(second.hasNext()).isFalse();
        assertThat(second.next().join()).isEmpty();
    }

    @Test
    void should_delete_by_identifier() {
        server.next("DeleteDatabase", "{\"deleteAddOn\":{\"deletedAddOnName\":\"carts\"}}")
                .next("DeleteDatabase", ApiServer.error("Could not find AddOn", "NOT_FOUND"));

        databases.delete(DatabaseId.of("id-carts"));

        assertThat(server.only("DeleteDatabase").input()).hasToString("{\"addOnId\":\"id-carts\"}");
        assertThatThrownBy(() -> databases.delete(DatabaseId.of("id-carts"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void should_read_one_address_as_routed_by_the_platform() {
        server.next("FindDatabase", AddOn.named("carts").found());

        Endpoints endpoints = databases.find("carts").orElseThrow().endpoints();

        assertThat(endpoints).isInstanceOf(Endpoints.ByPlatform.class);
        assertThat(endpoints.primaryUrl().toUri().toString())
                .isEqualTo("redis://default:" + Answers.PASSWORD + "@fly-carts.upstash.io:6379");
    }

    @Test
    void should_read_an_address_for_each_region_from_the_environment() {
        server.next("FindDatabase", AddOn.named("carts").environment("""
                {"REDIS_PRIMARY_URL":"redis://default:p@127.0.0.1:7001","REDIS_REPLICA_URL_AMS":"redis://default:p@127.0.0.1:7002",
                "REDIS_REPLICA_URL_US_EAST_1":"redis://default:p@127.0.0.1:7003","OTHER":7}""").found());

        Endpoints.ByRegion endpoints =
                (Endpoints.ByRegion) databases.find("carts").orElseThrow().endpoints();

        assertThat(endpoints.primaryRegion()).isEqualTo(Region.of("mad"));
        assertThat(endpoints.primaryUrl().port()).isEqualTo(7001);
        assertThat(endpoints.replicas())
                .containsExactly(
                        Map.entry(Region.of("ams"), RedisUrl.parse("redis://default:p@127.0.0.1:7002")),
                        Map.entry(Region.of("us-east-1"), RedisUrl.parse("redis://default:p@127.0.0.1:7003")));
    }

    @Test
    void should_have_no_endpoints_while_the_provider_gives_no_address() {
        server.next(
                "FindDatabase",
                AddOn.named("carts").publicUrl("null").status("\"pending\"").found());

        Database database = databases.find("carts").orElseThrow();

        assertThat(database.endpoints()).isNull();
        assertThat(database.uri()).isEmpty();
        assertThat(database.isReady()).isFalse();
    }

    @Test
    void should_show_plans_regions_and_organizations() {
        server.offering();

        List<Plan> plans = client.plans().list();
        assertThat(plans).extracting(Plan::name).containsExactly("Free", "200MB", "500MB");
        assertThat(plans.get(0).maxDataBytes()).isEqualTo(Limit.of(100L << 20));
        assertThat(plans.get(0).maxDailyCommands()).isEqualTo(Limit.of(10_000));
        assertThat(plans.get(1).maxDailyCommands()).isEqualTo(Limit.unknown());
        assertThat(plans.get(0).maxDailyBandwidthBytes()).isEqualTo(Limit.of(10L << 30));
        assertThat(plans.get(0).centsPerMonth()).isEqualTo(1000);

        List<RegionInfo> regions = client.regions().list();
        assertThat(regions)
                .filteredOn(RegionInfo::deprecated)
                .extracting(info -> info.region().code())
                .containsExactly("mad");
        assertThat(regions)
                .filteredOn(RegionInfo::excluded)
                .extracting(info -> info.region().code())
                .containsExactly("nrt");
        assertThat(regions.get(0).latitude()).isEqualTo(1.5);

        assertThat(client.organizations().list()).extracting(Organization::slug).containsExactly("acme");
    }

    @Test
    void should_present_the_token() {
        server.always("FindDatabase", Answers.absent());
        databases.find("carts");
        try (ManagedRedisClient macaroon =
                        server.clientBuilder().token("fo1_x,fm2_abc").build();
                ManagedRedisClient withScheme =
                        server.clientBuilder().token("Bearer abc").build()) {
            macaroon.databases().find("carts");
            withScheme.databases().find("carts");
        }

        assertThat(server.requests())
                .extracting(request -> request.headers().get("authorization"))
                .containsExactly("Bearer " + ApiServer.TOKEN, "FlyV1 fo1_x,fm2_abc", "Bearer abc");
    }
}
