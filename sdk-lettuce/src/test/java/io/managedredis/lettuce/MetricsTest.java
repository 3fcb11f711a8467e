package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.managedredis.Endpoints;
import io.managedredis.lettuce.metrics.RegionalRedisMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void should_count_by_region_and_measure_round_trip_and_lag() throws IOException {
        RedisPair pair = RedisPair.start();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (RegionalRedis redis = RegionalRedis.builder()
                        .topology(TopologySource.of(pair.byRegion()))
                        .localRegion(RedisPair.REPLICA_REGION)
                        .build();
                RegionalConnection<String, String> connection = redis.connect()) {
            new RegionalRedisMetrics(redis).bindTo(registry);
            connection.sync().get("untouched");
            connection.sync().set("key", "value");
            connection.sync().get("key");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(counter(registry, "managed.redis.reads", "ams")).isGreaterThanOrEqualTo(1);
                assertThat(counter(registry, "managed.redis.writes", "mad")).isGreaterThanOrEqualTo(1);
                assertThat(registry.get("managed.redis.lag")
                                .tag("region", "ams")
                                .timeGauge()
                                .value())
                        .isPositive();
                assertThat(registry.get("managed.redis.round.trip")
                                .tag("region", "ams")
                                .timeGauge()
                                .value())
                        .isPositive();
            });
        } finally {
            pair.close();
        }
    }

    @Test
    void should_measure_a_region_that_is_added_after_binding() throws IOException {
        RedisPair pair = RedisPair.start();
        Endpoints.ByRegion both = (Endpoints.ByRegion) pair.byRegion();
        ChangeableTopology topology =
                new ChangeableTopology(new Endpoints.ByRegion(both.primaryRegion(), both.primaryUrl(), Map.of()));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (RegionalRedis redis = RegionalRedis.builder()
                        .topology(topology)
                        .localRegion(RedisPair.REPLICA_REGION)
                        .build();
                RegionalConnection<String, String> connection = redis.connect()) {
            new RegionalRedisMetrics(redis).bindTo(registry);
            assertThat(registry.find("managed.redis.reads").tag("region", "ams").functionCounter())
                    .isNull();
            topology.change(both);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                connection.sync().get("untouched");
                assertThat(counter(registry, "managed.redis.reads", "ams")).isGreaterThanOrEqualTo(1);
            });
            int meters = registry.getMeters().size();
            topology.change(new Endpoints.ByRegion(both.primaryRegion(), both.primaryUrl(), Map.of()));
            topology.change(both);
            assertThat(registry.getMeters()).hasSize(meters);
        } finally {
            pair.close();
        }
    }

    private static double counter(SimpleMeterRegistry registry, String name, String region) {
        return registry.get(name).tag("region", region).functionCounter().count();
    }
}
