package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Answers.AddOn;
import io.managedredis.error.ConflictException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.NotFoundException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdateTest {

    private static final DatabaseId ID = DatabaseId.of("id-carts");
    private static final AddOn CARTS = AddOn.named("carts");

    private final ApiServer server = new ApiServer().offering();
    private final VirtualTiming timing = new VirtualTiming();
    private ManagedRedisClient client;
    private Databases databases;

    @BeforeEach
    void open() {
        client = server.clientBuilder()
                .retry(new RetrySettings(3, Duration.ofMillis(250), Duration.ofSeconds(8), 0))
                .timing(timing)
                .random(new Random(42))
                .build();
        databases = client.databases();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void should_send_the_whole_list_when_one_region_is_added(Style style) {
        server.next("GetDatabase", CARTS.found())
                .next("UpdateDatabase", CARTS.readRegions("ams", "sin").updated());

        Database updated = update(style, change -> change.addReadRegions("sin", "ams"));

        assertThat(server.only("UpdateDatabase").input())
                .hasToString("{\"addOnId\":\"id-carts\",\"readRegions\":[\"ams\",\"sin\"]}");
        assertThat(updated.readRegions()).extracting(Region::code).containsExactly("ams", "sin");
    }

    @ParameterizedTest
    @EnumSource
    void should_send_nothing_when_nothing_differs(Style style) {
        server.next("GetDatabase", CARTS.found());

        update(
                style,
                change -> change.addReadRegions("ams")
                        .removeReadRegions("sin")
                        .eviction(Eviction.ENABLED)
                        .autoUpgrade(false)
                        .plan(PlanId.of("200mb")));

        assertThat(server.requests("UpdateDatabase")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_keep_the_options_that_were_not_touched_even_those_it_does_not_know(Style style) {
        String options = "{\"prod_pack\":true,\"eviction\":false,\"new_thing\":{\"a\":[1,\"x\",null]},\"rate\":1.5}";
        server.next("GetDatabase", CARTS.options(options).found())
                .next(
                        "UpdateDatabase",
                        CARTS.options("{\"eviction\":true,\"prod_pack\":true}").updated());

        update(style, change -> change.eviction(Eviction.ENABLED));

        assertThat(server.only("UpdateDatabase").input())
                .hasToString("{\"addOnId\":\"id-carts\",\"options\":{\"prod_pack\":true,\"eviction\":true,"
                        + "\"new_thing\":{\"a\":[1,\"x\",null]},\"rate\":1.5}}");
    }

    @ParameterizedTest
    @EnumSource
    void should_replace_and_remove_regions(Style style) {
        server.next("GetDatabase", CARTS.readRegions("ams", "sin").found())
                .next("UpdateDatabase", CARTS.readRegions(new String[0]).updated());

        update(style, change -> change.readRegions("ams").removeReadRegions("ams"));

        assertThat(server.only("UpdateDatabase").input()).hasToString("{\"addOnId\":\"id-carts\",\"readRegions\":[]}");
    }

    @ParameterizedTest
    @EnumSource
    void should_change_the_plan_by_name_and_send_its_identifier(Style style) {
        server.next("GetDatabase", CARTS.found())
                .next("UpdateDatabase", CARTS.plan("plan-500").updated());

        update(style, change -> change.plan(PlanId.of("500MB")).prodPack(true));

        assertThat(server.only("UpdateDatabase").input())
                .hasToString("{\"addOnId\":\"id-carts\",\"planId\":\"plan-500\",\"prodPack\":true}");
    }

    @Test
    void should_refuse_production_features_without_a_new_plan() {
        server.always("GetDatabase", CARTS.found());

        assertThatThrownBy(() -> databases.update(ID, change -> change.prodPack(true)))
                .isInstanceOf(InvalidRequestException.class)
                .extracting("field")
                .isEqualTo("prodPack");
        assertThat(server.requests("UpdateDatabase")).isEmpty();
    }

    @Test
    void should_refuse_a_region_that_is_not_on_offer_or_is_the_primary() {
        server.always("GetDatabase", CARTS.found());

        assertThatThrownBy(() -> databases.update(ID, change -> change.addReadRegions("xyz")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("xyz")
                .hasMessageContaining("sin");
        assertThatThrownBy(() -> databases.update(ID, change -> change.addReadRegions("mad")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("primary region already");
        assertThat(server.requests("UpdateDatabase")).isEmpty();
    }

    @Test
    void should_keep_a_retired_region_that_the_database_is_in_already() {
        server.always("GetDatabase", CARTS.readRegions("gone").found())
                .next("UpdateDatabase", CARTS.readRegions("gone", "sin").updated());

        databases.update(ID, change -> change.addReadRegions("sin"));

        assertThat(server.only("UpdateDatabase").input().path("readRegions")).hasToString("[\"gone\",\"sin\"]");
    }

    @ParameterizedTest
    @EnumSource
    void should_be_content_when_the_change_happened_and_the_answer_was_lost(Style style) {
        server.next("GetDatabase", CARTS.found())
                .next("UpdateDatabase", Faults.halfABody())
                .next("GetDatabase", CARTS.readRegions("ams", "sin").found());

        assertThat(update(style, change -> change.addReadRegions("sin")).readRegions())
                .hasSize(2);
        assertThat(server.requests("UpdateDatabase")).hasSize(1);
        assertThat(timing.delays()).containsExactly(250L);
    }

    @ParameterizedTest
    @EnumSource
    void should_merge_anew_when_the_change_did_not_happen(Style style) {
        server.next("GetDatabase", CARTS.found())
                .next("UpdateDatabase", ApiServer.status(503, ""))
                .next("GetDatabase", CARTS.readRegions("ams", "lhr").found())
                .next("UpdateDatabase", CARTS.readRegions("ams", "lhr", "sin").updated());

        update(style, change -> change.addReadRegions("sin"));

        assertThat(server.requests("UpdateDatabase").get(1).input().path("readRegions"))
                .hasToString("[\"ams\",\"lhr\",\"sin\"]");
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_the_outcome_is_unknown_when_no_look_tells(Style style) {
        server.next("GetDatabase", CARTS.found()).next("UpdateDatabase", Faults.reset());

        assertThatThrownBy(() -> update(style, change -> change.addReadRegions("sin")))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("database=id-carts");
    }

    @ParameterizedTest
    @EnumSource
    void should_say_so_when_a_change_is_accepted_and_never_shows(Style style) {
        server.always("GetDatabase", CARTS.found()).always("UpdateDatabase", CARTS.updated());

        assertThatThrownBy(() -> update(style, change -> change.addReadRegions("sin")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("does not show");
        assertThat(server.requests("UpdateDatabase")).hasSize(3);
        assertThat(timing.delays()).containsExactly(250L, 500L, 1000L);
    }

    @ParameterizedTest
    @EnumSource
    void should_be_content_when_the_provider_says_that_nothing_changes(Style style) {
        server.next("GetDatabase", CARTS.found())
                .next("UpdateDatabase", ApiServer.error("nothing to do", "UNCHANGED"))
                .next("GetDatabase", CARTS.readRegions("ams", "sin").found());

        assertThat(update(style, change -> change.addReadRegions("sin")).readRegions())
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void should_read_the_database_last_before_it_sends(Style style) {
        server.next("GetDatabase", CARTS.found())
                .next(
                        "UpdateDatabase",
                        CARTS.plan("plan-500").readRegions("sin").updated());

        update(style, change -> change.readRegions("sin").plan(PlanId.of("500MB")));

        assertThat(server.requests())
                .extracting(ApiServer.Request::operation)
                .endsWith("GetDatabase", "UpdateDatabase");
    }

    @Test
    void should_say_when_there_is_no_such_database() {
        server.always("GetDatabase", Answers.absent());

        assertThatThrownBy(() -> databases.update(ID, change -> change.addReadRegions("sin")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("id-carts");
    }

    private Database update(Style style, Consumer<DatabaseUpdate> changes) {
        return style.call(databases, sync -> sync.update(ID, changes), async -> async.update(ID, changes));
    }
}
