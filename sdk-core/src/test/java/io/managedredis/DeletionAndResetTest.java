package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Answers.AddOn;
import io.managedredis.error.ConflictException;
import io.managedredis.error.NotFoundException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletionAndResetTest {

    private static final DatabaseId ID = DatabaseId.of("id-carts");
    private static final AddOn CARTS = AddOn.named("carts");
    private static final AddOn RESET =
            CARTS.publicUrl("\"redis://default:" + "f".repeat(32) + "@fly-carts.upstash.io:6379\"");

    private final ApiServer server = new ApiServer();
    private final VirtualTiming timing = new VirtualTiming();
    private ManagedRedisClient client;

    @BeforeEach
    void open() {
        client = server.clientBuilder()
                .retry(new RetrySettings(3, Duration.ofMillis(250), Duration.ofSeconds(8), 0))
                .timing(timing)
                .random(new Random(42))
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void should_be_content_when_the_database_is_gone_after_an_unanswered_deletion(Style style) {
        server.next("DeleteDatabase", Faults.reset()).next("GetDatabase", Answers.absent());

        assertThatCode(() -> delete(style)).doesNotThrowAnyException();
        assertThat(server.requests("DeleteDatabase")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void should_delete_again_while_the_database_is_there(Style style) {
        server.next("DeleteDatabase", ApiServer.status(502, ""))
                .next("GetDatabase", CARTS.found())
                .next("DeleteDatabase", ApiServer.error("Could not find AddOn", "NOT_FOUND"));

        assertThatCode(() -> delete(style)).doesNotThrowAnyException();
        assertThat(timing.delays()).containsExactly(250L);
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_the_outcome_is_unknown_when_looking_fails_after_a_deletion(Style style) {
        server.next("DeleteDatabase", Faults.reset()).next("GetDatabase", ApiServer.status(403, "no"));

        assertThatThrownBy(() -> delete(style)).isInstanceOf(UnknownOutcomeException.class);
    }

    @ParameterizedTest
    @EnumSource
    void should_hand_out_the_new_password(Style style) {
        server.next("GetDatabase", CARTS.found())
                .next("ResetPassword", "{\"resetAddOnPassword\":{\"addOn\":" + RESET.json() + "}}");

        Database database = reset(style);

        assertThat(database.endpoints().primaryUrl().password().reveal()).isEqualTo("f".repeat(32));
        assertThat(server.only("ResetPassword").input()).hasToString("{\"name\":\"carts\"}");
    }

    @ParameterizedTest
    @EnumSource
    void should_tell_by_the_address_whether_an_unanswered_reset_happened(Style style) {
        server.next("GetDatabase", CARTS.found())
                .next("ResetPassword", Faults.reset())
                .next("GetDatabase", CARTS.found())
                .next("ResetPassword", Faults.halfABody())
                .next("GetDatabase", RESET.found());

        assertThat(reset(style).endpoints().primaryUrl().password().reveal()).isEqualTo("f".repeat(32));
        assertThat(server.requests("ResetPassword")).hasSize(2);
        assertThat(timing.delays()).containsExactly(250L);
    }

    @Test
    void should_say_when_another_database_was_reset() {
        server.next("GetDatabase", CARTS.found())
                .next(
                        "ResetPassword",
                        "{\"resetAddOnPassword\":{\"addOn\":" + RESET.json().replace("id-carts", "id-other") + "}}");

        assertThatThrownBy(() -> client.databases().resetPassword(ID))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("id-other");
    }

    @Test
    void should_show_statistics_as_they_come() {
        server.next(
                        "GetStatistics",
                        "{\"addOn\":{\"addOnProvider\":{\"name\":\"upstash_redis\"},\"stats\":{\"daily_reads\":7,\"x\":[1]}}}")
                .next("GetStatistics", Answers.absent());

        DatabaseStatistics statistics = client.databases().statistics(ID);

        assertThat(statistics.number("daily_reads")).hasValue(7);
        assertThat(statistics.number("x")).isEmpty();
        assertThat(statistics.values()).containsAllEntriesOf(Map.of("daily_reads", 7));
        assertThatThrownBy(() -> client.databases().statistics(ID)).isInstanceOf(NotFoundException.class);
    }

    private void delete(Style style) {
        style.call(
                client.databases(),
                databases -> {
                    databases.delete(ID);
                    return null;
                },
                databases -> databases.delete(ID));
    }

    private Database reset(Style style) {
        return style.call(
                client.databases(), databases -> databases.resetPassword(ID), databases -> databases.resetPassword(ID));
    }
}
