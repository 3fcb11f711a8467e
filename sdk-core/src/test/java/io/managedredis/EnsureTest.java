package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Answers.AddOn;
import io.managedredis.error.ConflictException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.pricing.CostEstimate;
import io.managedredis.pricing.Money;
import io.managedredis.pricing.MonthlyUsage;
import io.managedredis.pricing.PriceBook;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnsureTest {

    private static final AddOn CARTS = AddOn.named("carts");

    private final ApiServer server = new ApiServer().offering();
    private ManagedRedisClient client;

    @BeforeEach
    void open() {
        client = server.clientBuilder().priceBook(PriceBook.alpha()).build();
    }

    @AfterEach
    void close() {
        assertThat(server.requests("DeleteDatabase")).isEmpty();
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void should_say_what_a_creation_would_be_and_cost_without_changing_anything(Style style) {
        server.always("FindDatabase", Answers.absent());

        ChangeSet changes = diff(style, spec().build());

        assertThat(changes.action()).isEqualTo(ChangeSet.Action.CREATE);
        assertThat(changes.changes())
                .extracting(Change::toString)
                .containsExactly(
                        "name: carts",
                        "organization: acme",
                        "primaryRegion: mad",
                        "readRegions: ams",
                        "plan: 200MB",
                        "eviction: ENABLED",
                        "autoUpgrade: false",
                        "prodPack: false");
        assertThat(changes.monthlyDifference()).contains(Money.usd("20"));
        assertThat(server.requests("CreateDatabase")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_say_what_an_update_would_be_and_cost_without_changing_anything(Style style) {
        server.always("FindDatabase", CARTS.found());

        ChangeSet changes = diff(
                style,
                spec().readRegions("ams", "sin")
                        .plan(PlanId.of("plan-500"))
                        .eviction(Eviction.DISABLED)
                        .build());

        assertThat(changes.action()).isEqualTo(ChangeSet.Action.UPDATE);
        assertThat(changes.changes())
                .containsExactly(
                        new Change("readRegions", "ams", "ams, sin"),
                        new Change("plan", "200MB", "500MB"),
                        new Change("eviction", "ENABLED", "DISABLED"));
        assertThat(changes.costBefore().perMonth()).isEqualTo(Money.usd("20"));
        assertThat(changes.costAfter().perMonth()).isEqualTo(Money.usd("60"));
        assertThat(changes.monthlyDifference()).contains(Money.usd("40"));
        assertThat(server.requests("UpdateDatabase")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_say_what_an_update_by_identifier_would_be(Style style) {
        server.always("GetDatabase", CARTS.found());
        DatabaseId id = DatabaseId.of("id-carts");

        ChangeSet changes = style.call(
                client.databases(),
                databases -> databases.diff(id, change -> change.removeReadRegions("ams")),
                databases -> databases.diff(id, change -> change.removeReadRegions("ams")));

        assertThat(changes.changes()).containsExactly(new Change("readRegions", "ams", "none"));
        assertThat(changes.monthlyDifference()).contains(Money.usd("-10"));
    }

    @ParameterizedTest
    @EnumSource
    void should_not_know_the_cost_of_a_plan_without_a_price(Style style) {
        server.always("FindDatabase", CARTS.plan("plan-unheard-of").found());

        ChangeSet changes = diff(style, spec().plan(PlanId.of("500MB")).build());

        assertThat(changes.costBefore()).isNull();
        assertThat(changes.monthlyDifference()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_estimate_what_a_specification_costs(Style style) {
        DatabaseSpec named = spec().plan(PlanId.of("plan-500")).build();
        DatabaseSpec unnamed = DatabaseSpec.named("carts").primaryRegion("mad").build();

        assertThat(estimate(style, named, null))
                .hasValueSatisfying(estimate -> assertThat(estimate.perMonth()).isEqualTo(Money.usd("40")));
        assertThat(estimate(style, unnamed, null)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_estimate_commands_on_pay_as_you_go_once_for_each_region(Style style) {
        server.always("ListPlans", Answers.plans().replace("\"500MB\"", "\"Pay-as-you-go\""));
        DatabaseSpec spec = spec().plan(PlanId.of("pay-as-you-go"))
                .readRegions("ams", "sin")
                .build();
        client.close();
        client = server.client();

        assertThat(estimate(style, spec, MonthlyUsage.of(1_000_000, 0)))
                .hasValueSatisfying(estimate -> assertThat(estimate.perMonth()).isEqualTo(Money.usd("6")));
    }

    @ParameterizedTest
    @EnumSource
    void should_do_nothing_when_the_database_is_what_it_should_be(Style style) {
        server.always("FindDatabase", CARTS.found());

        EnsureResult result = ensure(style, spec().build());

        assertThat(result.changes().isEmpty()).isTrue();
        assertThat(result.database().name()).isEqualTo("carts");
        assertThat(server.requests())
                .extracting(ApiServer.Request::operation)
                .doesNotContain("CreateDatabase", "UpdateDatabase");
    }

    @ParameterizedTest
    @EnumSource
    void should_not_care_about_the_order_of_regions_nor_about_what_is_not_specified(Style style) {
        server.always("FindDatabase", CARTS.readRegions("sin", "ams").found());

        EnsureResult result = ensure(
                style,
                DatabaseSpec.named("carts")
                        .primaryRegion("mad")
                        .readRegions("ams", "sin")
                        .build());

        assertThat(result.changes().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void should_create_when_there_is_none(Style style) {
        server.always("FindDatabase", Answers.absent()).next("CreateDatabase", CARTS.created());

        EnsureResult result = ensure(style, spec().build());

        assertThat(result.changes().action()).isEqualTo(ChangeSet.Action.CREATE);
        assertThat(result.adopted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_it_recognized_its_own_creation(Style style) {
        server.next("FindDatabase", Answers.absent())
                .next("CreateDatabase", Faults.halfABody())
                .next("FindDatabase", CARTS.found());

        assertThat(ensure(style, spec().build()).adopted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void should_go_on_with_what_somebody_else_created_in_the_meantime(Style style) {
        server.next("FindDatabase", Answers.absent())
                .next(
                        "CreateDatabase",
                        ApiServer.error("Validation failed: Name has already been taken", "UNPROCESSABLE"))
                .next("FindDatabase", CARTS.readRegions("sin").found())
                .next("GetDatabase", CARTS.readRegions("sin").found())
                .next("UpdateDatabase", CARTS.updated());

        EnsureResult result = ensure(style, spec().build());

        assertThat(result.changes().action()).isEqualTo(ChangeSet.Action.UPDATE);
        assertThat(server.only("UpdateDatabase").input())
                .hasToString("{\"addOnId\":\"id-carts\",\"readRegions\":[\"ams\"]}");
    }

    @ParameterizedTest
    @EnumSource
    void should_update_what_differs(Style style) {
        AddOn differing = CARTS.options("{\"eviction\":false,\"other\":1}");
        server.next("FindDatabase", differing.found())
                .next("GetDatabase", differing.found())
                .next("UpdateDatabase", CARTS.updated());

        ensure(style, spec().build());

        assertThat(server.only("UpdateDatabase").input())
                .hasToString("{\"addOnId\":\"id-carts\",\"options\":{\"eviction\":true,\"other\":1}}");
    }

    @ParameterizedTest
    @EnumSource
    void should_refuse_another_primary_region(Style style) {
        server.always("FindDatabase", CARTS.primary("sin").found());

        assertThat(diff(style, spec().build()).refused()).containsExactly(new Change("primaryRegion", "sin", "mad"));
        assertThatThrownBy(() -> ensure(style, spec().build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is sin, which cannot be changed to mad")
                .extracting("field")
                .isEqualTo("primaryRegion");
    }

    @Test
    void should_pass_on_a_conflict_with_a_name_that_cannot_be_seen() {
        server.always("FindDatabase", Answers.absent())
                .next("CreateDatabase", ApiServer.error("Name has already been taken", "UNPROCESSABLE"));

        assertThatThrownBy(() -> client.databases().ensure(spec().build())).isInstanceOf(ConflictException.class);
    }

    @ParameterizedTest
    @EnumSource
    void should_make_a_cache_with_a_database_of_its_own_in_each_region(Style style) {
        server.alwaysFrom(
                        "FindDatabase",
                        variables -> ApiServer.data(
                                variables.path("name").asText().equals("catalogue-ams")
                                        ? cache("ams").found()
                                        : Answers.absent()))
                .next("CreateDatabase", cache("sin").created());
        RegionalCacheSpec spec = RegionalCacheSpec.of("catalogue", "ams", "sin").plan(PlanId.of("200MB"));

        RegionalCaches caches = style.call(
                client.databases(),
                databases -> databases.ensureCaches(spec),
                databases -> databases.ensureCaches(spec));

        assertThat(server.only("CreateDatabase").input().path("name").asText()).isEqualTo("catalogue-sin");
        assertThat(server.only("CreateDatabase").input().path("options")).hasToString("{\"eviction\":true}");
        assertThat(server.only("CreateDatabase").input().path("readRegions")).isEmpty();
        assertThat(caches.in(Region.of("ams")).name()).isEqualTo("catalogue-ams");
        assertThat(caches.in(Region.of("sin")).name()).isEqualTo("catalogue-sin");
        assertThatThrownBy(() -> caches.in(Region.of("mad")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("ams, sin");
    }

    private static AddOn cache(String region) {
        return AddOn.named("catalogue-" + region).primary(region).readRegions(new String[0]);
    }

    private static DatabaseSpec.Builder spec() {
        return DatabaseSpec.named("carts")
                .organization("acme")
                .primaryRegion("mad")
                .readRegions("ams")
                .plan(PlanId.of("200MB"))
                .eviction(Eviction.ENABLED);
    }

    private Optional<CostEstimate> estimate(Style style, DatabaseSpec spec, MonthlyUsage usage) {
        return style.call(
                client.databases(),
                databases -> usage == null ? databases.estimate(spec) : databases.estimate(spec, usage),
                databases -> usage == null ? databases.estimate(spec) : databases.estimate(spec, usage));
    }

    private ChangeSet diff(Style style, DatabaseSpec spec) {
        return style.call(client.databases(), databases -> databases.diff(spec), databases -> databases.diff(spec));
    }

    private EnsureResult ensure(Style style, DatabaseSpec spec) {
        return style.call(client.databases(), databases -> databases.ensure(spec), databases -> databases.ensure(spec));
    }
}
