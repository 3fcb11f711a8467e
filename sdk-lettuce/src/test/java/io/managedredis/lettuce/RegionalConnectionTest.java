package io.managedredis.lettuce;

import static io.managedredis.lettuce.Consistency.EVENTUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.TransactionResult;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.managedredis.Endpoints;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.lettuce.error.AllEndpointsFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegionalConnectionTest {

    private RedisPair redisPair;
    private final List<CompletedCommand> completed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        redisPair = RedisPair.start();
    }

    @AfterEach
    void stop() {
        redisPair.close();
    }

    @Test
    void should_write_to_the_primary_and_read_from_the_local_replica() {
        try (RegionalRedis redis = open(redisPair.byRegion());
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("cart:7", "3");
            RegionalConnection<String, String> eventual = connection.reading(EVENTUAL);
            await().until(() -> "3".equals(eventual.sync().get("cart:7")));

            assertThat(regionsOf("SET")).containsOnly(RedisPair.PRIMARY_REGION.code());
            assertThat(regionsOf("GET")).containsOnly(RedisPair.REPLICA_REGION.code());
            assertThat(redis.socketsPerConnection()).isEqualTo(2);
        }
    }

    @Test
    void should_give_the_same_commands_each_time_they_are_asked_for() {
        try (RegionalRedis redis = open(redisPair.byRegion());
                RegionalConnection<String, String> connection = redis.connect();
                StatefulRedisPubSubConnection<String, String> subscriber = redis.connectPubSub()) {
            assertThat(connection.sync()).isSameAs(connection.sync());
            assertThat(connection.reactive()).isSameAs(connection.reactive());
            assertThat(connection.reactive().ping().block()).isEqualTo("PONG");
            assertThat(subscriber.sync()).isSameAs(subscriber.sync());
            assertThat(subscriber.sync().ping()).isEqualTo("PONG");
            assertThat(subscriber.reactive()).isSameAs(subscriber.reactive());
        }
    }

    @Test
    void should_read_from_primary_when_key_was_just_written() {
        try (RegionalRedis redis = open(redisPair.byRegion());
                RegionalConnection<String, String> connection = redis.connect()) {
            for (int i = 0; i < 200; i++) {
                connection.sync().set("key", "value" + i);
                assertThat(connection.sync().get("key")).isEqualTo("value" + i);
            }
        }
    }

    @Test
    void should_read_a_written_key_from_the_replica_once_it_is_proven_there() {
        try (RegionalRedis redis = open(redisPair.byRegion());
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("key", "value");
            await().untilAsserted(() -> {
                assertThat(connection.sync().get("key")).isEqualTo("value");
                assertThat(regionsOf("GET")).endsWith(RedisPair.REPLICA_REGION.code());
            });
        }
    }

    @Test
    void should_report_no_region_when_the_platform_routes() {
        try (RegionalRedis redis = open(redisPair.byPlatform());
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("cart:7", "3");
            assertThat(connection.sync().get("cart:7")).isEqualTo("3");

            assertThat(completed).extracting(CompletedCommand::region).containsOnly(Optional.empty());
            assertThat(redis.socketsPerConnection()).isEqualTo(1);
        }
    }

    @Test
    void should_refuse_at_build_time_what_the_platform_cannot_keep() {
        RegionalRedis.Builder builder = RegionalRedis.builder()
                .topology(TopologySource.of(redisPair.byPlatform()))
                .consistency(Consistency.PRIMARY);
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("platform chooses");
    }

    @Test
    void should_pin_a_transaction_to_the_primary() {
        try (RegionalRedis redis = open(redisPair.byRegion());
                RegionalConnection<String, String> connection = redis.connect().reading(EVENTUAL)) {
            connection.sync().watch("counter");
            connection.sync().get("counter");
            connection.sync().multi();
            connection.sync().incr("counter");
            connection.sync().get("counter");
            TransactionResult result = connection.sync().exec();

            assertThat(result.wasDiscarded()).isFalse();
            assertThat(result.<Object>get(1)).isEqualTo("1");
            assertThat(regionsOf("GET")).containsOnly(RedisPair.PRIMARY_REGION.code());
            assertThat(connection.isMulti()).isFalse();
        }
    }

    @Test
    void should_share_state_between_views_and_survive_closing_one() {
        try (RegionalRedis redis = open(redisPair.byRegion());
                RegionalConnection<String, String> connection = redis.connect()) {
            RegionalConnection<String, String> view = connection.reading(EVENTUAL);
            assertThat(connection.reading(EVENTUAL)).isSameAs(view);
            assertThat(view.reading(Consistency.READ_YOUR_WRITES)).isSameAs(connection);
            view.close();
            assertThat(connection.isOpen()).isTrue();
            assertThat(view.sync().ping()).isEqualTo("PONG");
        }
    }

    @Test
    void should_read_on_when_the_replica_dies() {
        try (RegionalRedis redis = open(redisPair.byRegion());
                RegionalConnection<String, String> connection = redis.connect().reading(EVENTUAL)) {
            connection.sync().set("key", "value");
            await().until(() -> "value".equals(connection.sync().get("key")));
            redisPair.killReplica();
            for (int i = 0; i < 200; i++) {
                assertThat(connection.sync().get("key")).isEqualTo("value");
            }
            assertThat(regionsOf("GET")).endsWith(RedisPair.PRIMARY_REGION.code());
        }
    }

    @Test
    void should_connect_when_the_replica_is_down() {
        redisPair.killReplica();
        try (RegionalRedis redis = open(redisPair.byRegion());
                RegionalConnection<String, String> connection = redis.connect()) {
            assertThat(connection.sync().get("key")).isNull();
        }
    }

    @Test
    void should_name_every_endpoint_when_none_can_be_reached() {
        Endpoints endpoints = redisPair.byRegion();
        redisPair.close();
        try (RegionalRedis redis = open(endpoints)) {
            assertThatThrownBy(redis::connect)
                    .isInstanceOfSatisfying(
                            AllEndpointsFailedException.class,
                            failed -> assertThat(failed.failures()).hasSize(2))
                    .hasMessageContaining("mad")
                    .hasMessageContaining("ams");
        }
    }

    @Test
    void should_read_addresses_from_variables() {
        try (RegionalRedis redis = RegionalRedis.builder()
                        .topology(TopologySource.of(Endpoints.fromEnvironment(Map.of(
                                "REDIS_PRIMARY_URL", redisPair.primaryUrl().toString(),
                                "PRIMARY_REGION", "mad",
                                "REDIS_REPLICA_URL_AMS", redisPair.replicaUrl().toString()))))
                        .localRegion(RedisPair.REPLICA_REGION)
                        .observer(completed::add)
                        .build();
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().get("key");
            assertThat(regionsOf("GET")).containsOnly("ams");
        }
    }

    private RegionalRedis open(Endpoints endpoints) {
        return RegionalRedis.builder()
                .topology(TopologySource.of(endpoints))
                .localRegion(RedisPair.REPLICA_REGION)
                .observer(completed::add)
                .build();
    }

    private List<String> regionsOf(String command) {
        return completed.stream()
                .filter(each -> each.name().equals(command))
                .map(each -> each.region().orElseThrow().code())
                .toList();
    }
}
