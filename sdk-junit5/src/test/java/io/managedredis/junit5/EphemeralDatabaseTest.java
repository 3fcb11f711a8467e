package io.managedredis.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.managedredis.Database;
import io.managedredis.Eviction;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.testing.LocalManagedRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@EphemeralDatabase(readRegions = "ams", localRegion = "ams", plan = "200MB", eviction = Eviction.ENABLED)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EphemeralDatabaseTest {

    @EphemeralDatabase(primaryRegion = "fra")
    static Database ofTheClass;

    @EphemeralDatabase
    static RegionalConnection<String, String> held;

    @EphemeralDatabase(primaryRegion = "nrt")
    Database ofTheTest;

    private static Database seenByFirstTest;

    @Test
    @Order(1)
    void should_give_the_database_that_the_annotation_describes(Database database) {
        assertThat(database.primaryRegion()).isEqualTo(Region.of("mad"));
        assertThat(database.readRegions()).containsExactly(Region.of("ams"));
        assertThat(database.planName()).isEqualTo("200MB");
        assertThat(database.eviction()).isEqualTo(Eviction.ENABLED);
    }

    @Test
    @Order(2)
    void should_give_each_kind_of_parameter_for_the_same_database(
            Database database,
            ManagedRedisClient client,
            LocalManagedRedis service,
            RegionalRedis redis,
            RegionalConnection<String, String> connection,
            RedisURI primary,
            @InRegion("ams") RedisURI replica) {
        connection.sync().set("key", "value");

        assertThat(client.databases().get(database.id()).name()).isEqualTo(database.name());
        assertThat(service.organizations()).isNotEmpty();
        try (RegionalConnection<String, String> other = redis.connect()) {
            assertThat(other.sync().get("key")).isEqualTo("value");
        }
        assertThat(primary.getPort()).isNotEqualTo(replica.getPort());
        RedisClient plain = RedisClient.create(replica);
        try (var toReplica = plain.connect()) {
            Awaitility.await().until(() -> "value".equals(toReplica.sync().get("key")));
        } finally {
            plain.shutdown();
        }
    }

    @Test
    @Order(3)
    void should_be_empty_everywhere_before_each_test(RegionalConnection<String, String> connection) {
        assertThat(connection.sync().dbsize()).isZero();
        assertThat(connection.reading(Consistency.EVENTUAL).sync().get("key")).isNull();
    }

    @Test
    @Order(4)
    void should_give_fields_databases_of_their_own(Database database) {
        seenByFirstTest = ofTheTest;

        assertThat(ofTheClass.primaryRegion()).isEqualTo(Region.of("fra"));
        assertThat(ofTheTest.primaryRegion()).isEqualTo(Region.of("nrt"));
        assertThat(database.id()).isNotIn(ofTheClass.id(), ofTheTest.id());
    }

    @Test
    @Order(5)
    void should_give_an_instance_field_another_database_for_each_test(ManagedRedisClient client) {
        assertThat(ofTheTest.id()).isNotEqualTo(seenByFirstTest.id());
        assertThat(client.databases().find(seenByFirstTest.name())).isEmpty();
    }

    @Nested
    class WithoutAnAnnotationOfItsOwn {

        @Test
        void should_share_the_database_of_the_class_around_it(Database database) {
            assertThat(database.primaryRegion()).isEqualTo(Region.of("mad"));
        }

        @RepeatedTest(2)
        void should_empty_the_databases_of_the_fields_around_it_too() {
            assertThat(held.sync().dbsize()).isZero();
            held.sync().set("key", "value");
        }
    }

    @Nested
    @EphemeralDatabase(primaryRegion = "sin", readRegions = "syd", consistency = Consistency.Level.PRIMARY)
    class WithAnAnnotationOfItsOwn {

        @Test
        void should_have_a_database_of_its_own(
                Database database, LocalManagedRedis service, RegionalConnection<String, String> connection) {
            assertThat(database.primaryRegion()).isEqualTo(Region.of("sin"));
            assertThat(connection.consistency()).isEqualTo(Consistency.PRIMARY);
            assertThat(service.databases()).extracting(Database::id).contains(database.id(), ofTheClass.id());
        }
    }
}
