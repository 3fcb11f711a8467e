package io.managedredis.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.Routing;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.MovableClock;
import io.managedredis.testing.Vantage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same tests at a provider, as which the local service stands in by the address of its API. */
class ProviderModeTest {

    private static final String PROVIDER = "managedredis.test.provider";

    @TempDir
    Path nothingConfigured;

    @ParameterizedTest
    @EnumSource(Routing.class)
    void should_lease_databases_of_the_organization_and_leave_none(Routing routing) throws Exception {
        try (LocalManagedRedis provider = LocalManagedRedis.builder()
                .organizations("personal", "acme")
                .routing(routing)
                .start()) {
            Database production = provider.create(DatabaseSpec.named("production")
                    .organization("acme")
                    .primaryRegion("fra")
                    .build());

            String output = at(provider, ChildRun.of(AtTheProvider.class)).run(0);

            assertThat(output)
                    .contains("SUCCESSFUL should_have_a_leased_database(Database, ManagedRedisClient, RedisURI)")
                    .contains("SUCCESSFUL should_begin_empty(RegionalConnection)")
                    .contains("SUCCESSFUL should_begin_empty_again(RegionalConnection)")
                    .contains("SUCCESSFUL should_have_a_database_for_the_test()")
                    .containsPattern(
                            "ABORTED should_need_the_local_service.*skipped, for it needs the LocalManagedRedis")
                    .doesNotContain("FAILED")
                    .doesNotContain(provider.token("acme").reveal());
            assertThat(provider.databases()).extracting(Database::id).containsExactly(production.id());
        }
    }

    @Test
    void should_sweep_what_a_killed_run_left_behind_once_its_lease_is_over() throws Exception {
        MovableClock clock = MovableClock.system();
        try (LocalManagedRedis provider =
                LocalManagedRedis.builder().organizations("acme").clock(clock).start()) {
            at(provider, ChildRun.of(KilledInATest.class))
                    .property("managedredis.test.lease", "PT10M")
                    .run(KilledInATest.STATUS);
            assertThat(provider.databases()).hasSize(1);
            String left = provider.databases().get(0).name();

            clock.advance(Duration.ofMinutes(5));
            at(provider, ChildRun.of(OneTest.class)).run(0);
            assertThat(provider.find(left)).isPresent();

            clock.advance(Duration.ofMinutes(6));
            String output = at(provider, ChildRun.of(OneTest.class)).run(0);
            assertThat(output).contains("REPORTED").contains("deleted " + left + ", left by an earlier run");
            assertThat(provider.databases()).isEmpty();
        }
    }

    @Test
    void should_say_where_a_token_can_be_when_there_is_none() throws Exception {
        assertThat(ChildRun.of(OneTest.class)
                        .property(PROVIDER, "fly")
                        .variable("FLY_CONFIG_DIR", nothingConfigured.toString())
                        .run(0))
                .containsPattern("FAILED \\S*OneTest: .*no token.*FLY_ACCESS_TOKEN");
    }

    private ChildRun at(LocalManagedRedis provider, ChildRun run) {
        return run.property(PROVIDER, "fly")
                .variable(
                        "FLY_API_BASE_URL", provider.apiUri(Vantage.from("ams")).toString())
                .variable("FLY_ACCESS_TOKEN", provider.token("acme").reveal())
                .variable("FLY_ORG", "acme")
                .variable("FLY_CONFIG_DIR", nothingConfigured.toString());
    }

    @EphemeralDatabase(primaryRegion = "fra", readRegions = "ams", localRegion = "ams")
    @Disabled("run by the tests around it")
    static class AtTheProvider {

        @Test
        void should_have_a_leased_database(Database database, ManagedRedisClient client, RedisURI uri) {
            assertThat(database.name()).startsWith("junit-");
            assertThat(database.organization()).isEqualTo("acme");
            assertThat(database.readRegions()).containsExactly(Region.of("ams"));
            assertThat(client.databases().get(database.id()).isReady()).isTrue();
            assertThat(uri.getPort()).isPositive();
        }

        @Test
        void should_begin_empty(RegionalConnection<String, String> connection) {
            beginEmpty(connection);
        }

        @Test
        void should_begin_empty_again(RegionalConnection<String, String> connection) {
            beginEmpty(connection);
        }

        private static void beginEmpty(RegionalConnection<String, String> connection) {
            assertThat(connection.sync().get("key")).isNull();
            connection.sync().set("key", "value");
            assertThat(connection.sync().get("key")).isEqualTo("value");
        }

        @Nested
        class WithADatabaseForEachTest {

            @RegisterExtension
            final ManagedRedisExtension ofTheTest =
                    ManagedRedisExtension.builder().primaryRegion("nrt").build();

            @Test
            void should_have_a_database_for_the_test() {
                assertThat(ofTheTest.database().primaryRegion()).isEqualTo(Region.of("nrt"));
                assertThat(ofTheTest.connection().sync().set("key", "value")).isEqualTo("OK");
            }

            @Test
            void should_need_the_local_service() {
                ofTheTest.service();
            }
        }
    }

    @EphemeralDatabase
    @Disabled("run by the tests around it")
    static class OneTest {

        @Test
        void test(Database database) {}
    }

    @EphemeralDatabase
    @Disabled("run by the tests around it")
    static class KilledInATest {

        static final int STATUS = 9;

        @Test
        void test(Database database) {
            assertThat(database.isReady()).isTrue();
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
