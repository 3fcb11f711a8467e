package io.managedredis.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.lettuce.core.RedisURI;
import io.managedredis.Database;
import io.managedredis.lettuce.RegionalConnection;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Mistakes that users make, run as they would be. The classes inside are not found by the build. */
class ManagedRedisExtensionTest {

    @Test
    void should_say_what_is_missing_when_only_fields_are_annotated_and_a_parameter_is_wanted() {
        assertThat(failureOf(OnlyFields.class))
                .hasMessageContaining("annotate the class")
                .hasMessageContaining("@EphemeralDatabase");
    }

    @Test
    void should_refuse_a_field_of_a_type_it_does_not_serve() {
        assertThat(failureOf(WrongType.class))
                .hasMessageContaining("WrongType.text")
                .hasMessageContaining("Database, RegionalRedis");
    }

    @Test
    void should_say_which_regions_there_are_when_an_address_in_another_is_wanted() {
        assertThat(failureOf(WrongRegion.class))
                .hasMessageContaining("not in nrt")
                .hasMessageContaining("primary in mad");
    }

    @Test
    void should_fail_when_the_region_is_unknown() {
        assertThat(failureOf(UnknownRegion.class)).hasMessageContaining("xyz").hasMessageContaining("mad");
    }

    @Test
    void should_say_how_to_get_a_connection_for_something_else_than_text() {
        assertThat(failureOf(WrongCodec.class))
                .hasMessageContaining("RegionalConnection<String, String>")
                .hasMessageContaining("connect(codec)");
    }

    @Test
    void should_name_the_providers_there_are_when_another_is_named() {
        assertThat(failureOf(Correct.class, "managedredis.test.provider", "elsewhere"))
                .hasMessageContaining("'elsewhere'")
                .hasMessageContaining("'local'")
                .hasMessageContaining("'fly'");
    }

    @Test
    void should_show_what_a_length_of_a_lease_looks_like() {
        assertThat(failureOf(Correct.class, "managedredis.test.provider", "fly", "managedredis.test.lease", "an hour"))
                .hasMessageContaining("'an hour'")
                .hasMessageContaining("PT1H");
    }

    private static Throwable failureOf(Class<?> type, String... parameters) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter").selectors(selectClass(type));
        for (int i = 0; i < parameters.length; i += 2) {
            kit.configurationParameter(parameters[i], parameters[i + 1]);
        }
        EngineExecutionResults results = kit.configurationParameter(
                        "junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                .execute();
        return results.allEvents().failed().stream()
                .findFirst()
                .map(Event::getPayload)
                .orElseThrow()
                .map(TestExecutionResult.class::cast)
                .flatMap(TestExecutionResult::getThrowable)
                .orElseThrow();
    }

    @Disabled("run by the tests around it")
    static class OnlyFields {

        @EphemeralDatabase
        static Database database;

        @Test
        void test(Database parameter) {}
    }

    @Disabled("run by the tests around it")
    static class WrongType {

        @EphemeralDatabase
        static String text;

        @Test
        void test() {}
    }

    @EphemeralDatabase
    @Disabled("run by the tests around it")
    static class WrongRegion {

        @Test
        void test(@InRegion("nrt") RedisURI uri) {}
    }

    @EphemeralDatabase(primaryRegion = "xyz")
    @Disabled("run by the tests around it")
    static class UnknownRegion {

        @Test
        void test() {}
    }

    @EphemeralDatabase
    @Disabled("run by the tests around it")
    static class WrongCodec {

        @Test
        void test(RegionalConnection<byte[], byte[]> connection) {}
    }

    @EphemeralDatabase
    @Disabled("run by the tests around it")
    static class Correct {

        @Test
        void test(Database database) {}
    }
}
