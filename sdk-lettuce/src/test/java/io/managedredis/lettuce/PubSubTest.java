package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PubSubTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private RedisPair pair;
    private RegionalRedis redis;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        pair = RedisPair.start();
        redis = RegionalRedis.builder()
                .topology(TopologySource.of(pair.relayed()))
                .localRegion(RedisPair.REPLICA_REGION)
                .build();
    }

    @AfterEach
    void stop() {
        redis.close();
        pair.close();
    }

    @Test
    void should_subscribe_locally_and_publish_on_the_primary() {
        try (StatefulRedisPubSubConnection<String, String> connection = subscribed()) {
            // Counted where it was published: the subscriber is on the replica, so the primary has none.
            assertThat(connection.sync().publish("news", "hello")).isZero();
            await().atMost(LONG).until(() -> messages.contains("hello"));
        }
    }

    @Test
    void should_subscribe_at_the_primary_when_the_replica_is_gone() {
        try (StatefulRedisPubSubConnection<String, String> connection = subscribed()) {
            pair.toReplica().cut();
            await().atMost(LONG).until(() -> connection.sync().publish("news", "after") > 0);
            await().atMost(LONG).until(() -> messages.contains("after"));
        }
    }

    private StatefulRedisPubSubConnection<String, String> subscribed() {
        StatefulRedisPubSubConnection<String, String> connection = redis.connectPubSub();
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                messages.add(message);
            }
        });
        connection.sync().subscribe("news");
        return connection;
    }
}
