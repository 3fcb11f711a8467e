package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Answers.AddOn;
import io.managedredis.error.ConflictException;
import io.managedredis.error.QuotaExceededException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LostCreationTest {

    private static final DatabaseSpec SPEC = DatabaseSpec.named("carts")
            .organization("acme")
            .primaryRegion("mad")
            .readRegions("ams")
            .plan(PlanId.of("200MB"))
            .build();

    private final ApiServer server = new ApiServer().offering();
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
    void should_adopt_the_database_when_its_creation_happened_and_the_answer_was_lost(Style style) {
        server.next("CreateDatabase", Faults.halfABody())
                .next("FindDatabase", AddOn.named("carts").found());

        assertThat(create(style).id()).isEqualTo(DatabaseId.of("id-carts"));

        assertThat(server.requests("CreateDatabase")).hasSize(1);
        assertThat(timing.delays()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_ask_again_when_the_creation_did_not_happen(Style style) {
        server.next("CreateDatabase", Faults.reset())
                .next("CreateDatabase", ApiServer.status(504, "late"))
                .next("CreateDatabase", AddOn.named("carts").created())
                .always("FindDatabase", Answers.absent());

        assertThat(create(style).name()).isEqualTo("carts");

        assertThat(server.requests("CreateDatabase")).hasSize(3);
        assertThat(server.requests("FindDatabase")).hasSize(2);
        assertThat(timing.delays()).containsExactly(250L, 500L);
    }

    @ParameterizedTest
    @EnumSource
    void should_look_again_when_the_name_is_taken_after_an_unanswered_creation(Style style) {
        server.next("CreateDatabase", ApiServer.status(502, ""))
                .next("CreateDatabase", taken())
                .next("FindDatabase", Answers.absent())
                .next("FindDatabase", AddOn.named("carts").found());

        assertThat(create(style).id()).isEqualTo(DatabaseId.of("id-carts"));

        assertThat(server.requests("CreateDatabase")).hasSize(2);
        assertThat(timing.delays()).containsExactly(250L);
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_the_name_is_taken_when_the_database_is_older_than_the_question(Style style) {
        server.next("CreateDatabase", Faults.reset())
                .next(
                        "FindDatabase",
                        AddOn.named("carts").createdAt("2026-11-23T11:59:00Z").found());

        assertThatThrownBy(() -> create(style))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("2026-11-23T11:59:00Z")
                .hasMessageContaining("id-carts");
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_the_name_is_taken_when_the_database_is_something_else(Style style) {
        server.next("CreateDatabase", Faults.reset())
                .next("FindDatabase", AddOn.named("carts").readRegions("sin").found());

        assertThatThrownBy(() -> create(style))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("read regions are [sin]");
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_the_outcome_is_unknown_when_looking_fails(Style style) {
        server.next("CreateDatabase", Faults.reset());
        for (int i = 0; i < 3; i++) {
            server.next("FindDatabase", ApiServer.status(503, "down"));
        }

        assertThatThrownBy(() -> create(style))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("database=carts")
                .hasMessageContaining("down")
                .hasMessageContaining("Look again later");
        assertThat(server.requests("CreateDatabase")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_the_outcome_is_unknown_when_nothing_ever_answers_nor_appears(Style style) {
        for (int i = 0; i < 3; i++) {
            server.next("CreateDatabase", ApiServer.status(500, "boom"));
        }
        server.always("FindDatabase", Answers.absent());

        assertThatThrownBy(() -> create(style))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("3 times")
                .hasMessageContaining("'carts'");
        assertThat(timing.delays()).containsExactly(250L, 500L);
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_the_outcome_is_unknown_when_the_provider_tells_no_time(Style style) {
        server.date(null)
                .next("CreateDatabase", Faults.reset())
                .next("FindDatabase", AddOn.named("carts").found());

        assertThatThrownBy(() -> create(style))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("id-carts");
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_the_outcome_is_unknown_when_time_runs_out_before_the_next_question(Style style) {
        server.next("CreateDatabase", Faults.reset()).next("FindDatabase", Answers.absent());

        assertThatThrownBy(() -> style.call(
                        client.databases().withTimeout(Duration.ofMillis(200)),
                        databases -> databases.create(SPEC),
                        databases -> databases.create(SPEC)))
                .isInstanceOf(UnknownOutcomeException.class);
    }

    @ParameterizedTest
    @EnumSource
    void should_ask_again_without_a_look_when_the_provider_was_too_busy_to_act(Style style) {
        server.next("CreateDatabase", Faults.retryAfter(429, "2"))
                .next("CreateDatabase", AddOn.named("carts").created());

        assertThat(create(style).name()).isEqualTo("carts");

        assertThat(server.requests("FindDatabase")).isEmpty();
        assertThat(timing.delays()).containsExactly(2_000L);
    }

    @ParameterizedTest
    @EnumSource
    void should_not_ask_again_when_the_account_may_have_no_more(Style style) {
        server.next("CreateDatabase", ApiServer.error("You have reached the limit of databases", "UNPROCESSABLE"));

        assertThatThrownBy(() -> create(style)).isInstanceOf(QuotaExceededException.class);
        assertThat(server.requests("CreateDatabase")).hasSize(1);
    }

    private Database create(Style style) {
        return style.call(client.databases(), databases -> databases.create(SPEC), databases -> databases.create(SPEC));
    }

    private static mockwebserver3.MockResponse taken() {
        return ApiServer.error("Validation failed: Name has already been taken", "UNPROCESSABLE");
    }
}
