package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.lettuce.error.AllEndpointsFailedException;
import io.managedredis.lettuce.error.CredentialsRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BadInputTest {

    private static RedisPair pair;

    @BeforeAll
    static void start() throws IOException {
        pair = RedisPair.start();
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void should_say_that_credentials_are_refused_and_not_show_them() {
        RedisUrl wrong = RedisUrl.parse(
                "redis://user:hunter2@127.0.0.1:" + pair.primaryUrl().port());
        try (RegionalRedis redis = open(new Endpoints.ByPlatform(wrong))) {
            for (int i = 0; i < 300; i++) {
                assertThatThrownBy(redis::connect)
                        .isInstanceOf(CredentialsRefusedException.class)
                        .hasMessageNotContaining("hunter2");
            }
        }
    }

    @Test
    void should_say_what_to_do_when_tls_is_expected_of_a_server_without() {
        RedisUrl wrong =
                RedisUrl.parse("rediss://127.0.0.1:" + pair.primaryUrl().port());
        try (RegionalRedis redis = open(new Endpoints.ByPlatform(wrong))) {
            assertThatThrownBy(redis::connect)
                    .isInstanceOf(AllEndpointsFailedException.class)
                    .hasMessageContaining("TLS");
        }
    }

    @Test
    void should_serve_reads_and_refuse_writes_with_a_typed_error_when_the_primary_is_down() {
        RedisUrl nobody = RedisUrl.parse("redis://127.0.0.1:1");
        try (RegionalRedis redis = open(new Endpoints.ByRegion(
                        RedisPair.PRIMARY_REGION, nobody, Map.of(RedisPair.REPLICA_REGION, pair.replicaUrl())));
                RegionalConnection<String, String> connection = redis.connect()) {
            assertThat(connection.sync().get("key")).isNull();
            assertThatThrownBy(() -> connection.sync().set("key", "value"))
                    .isInstanceOf(AllEndpointsFailedException.class)
                    .hasMessageContaining("mad");
        }
    }

    @Test
    void should_read_from_the_primary_when_the_local_region_is_not_one_of_the_databases() {
        try (RegionalRedis redis = RegionalRedis.builder()
                        .topology(TopologySource.of(pair.byRegion()))
                        .localRegion(Region.of("syd"))
                        .build();
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("elsewhere", "value");
            assertThat(connection.sync().get("elsewhere")).isEqualTo("value");
        }
    }

    @Test
    void should_refuse_a_builder_without_topology_and_timeouts_that_are_none() {
        assertThatThrownBy(() -> RegionalRedis.builder().build()).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> RegionalRedis.builder().timeout(Duration.ZERO))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> HealthSettings.defaults().withPingInterval(Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> TopologySource.template("redis://cache", Region.of("mad")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_leave_no_thread_after_a_failed_connect_or_a_close() {
        Set<Thread> before = threads();
        try (RegionalRedis redis = open(new Endpoints.ByPlatform(RedisUrl.parse("redis://127.0.0.1:1")))) {
            assertThatThrownBy(redis::connect).isInstanceOf(AllEndpointsFailedException.class);
        }
        try (RegionalRedis redis = open(pair.byRegion());
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("key", "value");
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Set<Thread> left = threads();
            left.removeAll(before);
            assertThat(left).isEmpty();
        });
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lettuce"))
                .collect(Collectors.toSet());
    }

    private static RegionalRedis open(Endpoints endpoints) {
        return RegionalRedis.builder()
                .topology(TopologySource.of(endpoints))
                .localRegion(RedisPair.REPLICA_REGION)
                .build();
    }
}
