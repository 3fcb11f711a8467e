package io.managedredis.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Database;
import io.managedredis.Eviction;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalConnection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegisteredExtensionTest {

    private static final Consistency RECENT = Consistency.atMost(Duration.ofSeconds(1));

    @RegisterExtension
    static final ManagedRedisExtension OF_THE_CLASS = ManagedRedisExtension.builder()
            .primaryRegion("fra")
            .readRegions("ams", "nrt")
            .localRegion("ams")
            .plan("200MB")
            .eviction(Eviction.ENABLED)
            .consistency(RECENT)
            .build();

    private static Database seenBeforeAll;

    @BeforeAll
    static void writeBeforeAll() {
        seenBeforeAll = OF_THE_CLASS.database();
        OF_THE_CLASS.connection().sync().set("before all", "value");
    }

    @Test
    @Order(1)
    void should_have_the_database_that_the_builder_describes() {
        Database database = OF_THE_CLASS.database();

        assertThat(database.id()).isEqualTo(seenBeforeAll.id());
        assertThat(database.primaryRegion()).isEqualTo(Region.of("fra"));
        assertThat(database.readRegions()).containsExactly(Region.of("ams"), Region.of("nrt"));
        assertThat(database.planName()).isEqualTo("200MB");
        assertThat(database.eviction()).isEqualTo(Eviction.ENABLED);
        assertThat(OF_THE_CLASS.connection().consistency()).isEqualTo(RECENT);
    }

    @Test
    @Order(2)
    void should_begin_empty_and_serve_each_shape_of_the_same_database() {
        assertThat(OF_THE_CLASS.connection().sync().dbsize()).isZero();
        OF_THE_CLASS.connection().sync().set("key", "value");

        assertThat(OF_THE_CLASS.client().databases().get(seenBeforeAll.id()).name())
                .isEqualTo(seenBeforeAll.name());
        assertThat(OF_THE_CLASS.service().find(seenBeforeAll.name())).isPresent();
        assertThat(OF_THE_CLASS.uri()).isEqualTo(OF_THE_CLASS.uri("fra"));
        assertThat(OF_THE_CLASS.uri("nrt").getPort())
                .isNotEqualTo(OF_THE_CLASS.uri("ams").getPort());
        try (RegionalConnection<String, String> other = OF_THE_CLASS.redis().connect()) {
            assertThat(other.reading(Consistency.PRIMARY).sync().get("key")).isEqualTo("value");
        }
    }

    @Test
    @Order(3)
    void should_begin_empty_again(Database database, RegionalConnection<String, String> connection) {
        assertThat(database.id()).isEqualTo(seenBeforeAll.id());
        assertThat(connection.sync().dbsize()).isZero();
    }

    @Test
    void should_refuse_a_description_that_cannot_be_before_anything_starts() {
        ManagedRedisExtension.Builder contradictory =
                ManagedRedisExtension.builder().primaryRegion("fra").readRegions("ams", "fra");

        assertThatThrownBy(contradictory::build)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("primary");
    }

    @Test
    void should_say_when_there_is_a_database_where_there_is_none_now() {
        ManagedRedisExtension unregistered = ManagedRedisExtension.builder().build();

        assertThatThrownBy(unregistered::database)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before the first test");
    }

    @Nested
    class InANestedClass {

        @Test
        void should_share_the_database_of_the_class_around_it() {
            assertThat(OF_THE_CLASS.database().id()).isEqualTo(seenBeforeAll.id());
            assertThat(OF_THE_CLASS.connection().sync().dbsize()).isZero();
        }
    }

    @Nested
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class AsAnInstanceField {

        @RegisterExtension
        final ManagedRedisExtension ofTheTest =
                ManagedRedisExtension.builder().primaryRegion("sin").build();

        @Test
        @Order(1)
        void should_be_a_database_for_the_test() {
            seenBefore = ofTheTest.database();

            assertThat(seenBefore.primaryRegion()).isEqualTo(Region.of("sin"));
            assertThat(seenBefore.id()).isNotEqualTo(seenBeforeAll.id());
        }

        @Test
        @Order(2)
        void should_be_another_for_the_next_test() {
            assertThat(ofTheTest.database().id()).isNotEqualTo(seenBefore.id());
            assertThat(ofTheTest.service().find(seenBefore.name())).isEmpty();
        }
    }

    private static Database seenBefore;
}
