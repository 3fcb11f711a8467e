package io.managedredis.lettuce;

import static io.managedredis.lettuce.Consistency.EVENTUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Secret;
import io.managedredis.lettuce.error.PrimaryMovedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses that change while commands run. */
class TopologyChangeTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private RedisPair pair;
    private ChangeableTopology topology;
    private RegionalRedis redis;
    private RegionalConnection<String, String> connection;
    private final List<RoutingEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicLong atReplica = new AtomicLong();
    private final AtomicLong atPrimary = new AtomicLong();

    @BeforeEach
    void start() throws IOException {
        pair = RedisPair.start();
        topology = new ChangeableTopology(pair.byRegion());
        redis = RegionalRedis.builder()
                .topology(topology)
                .localRegion(RedisPair.REPLICA_REGION)
                .health(HealthSettings.defaults().withPingInterval(Duration.ofMillis(200)))
                .onEvent(events::add)
                .observer(command -> command.region()
                        .ifPresent(region ->
                                (region.equals(RedisPair.PRIMARY_REGION) ? atPrimary : atReplica).incrementAndGet()))
                .build();
        connection = redis.connect();
    }

    @AfterEach
    void stop() {
        redis.close();
        pair.close();
    }

    @Test
    void should_fail_no_command_while_regions_come_and_go() throws Exception {
        Endpoints.ByRegion with = (Endpoints.ByRegion) pair.byRegion();
        Endpoints.ByRegion relayed = (Endpoints.ByRegion) pair.relayed();
        List<Endpoints> shapes = List.of(
                with,
                new Endpoints.ByRegion(with.primaryRegion(), with.primaryUrl(), Map.of()),
                relayed,
                new Endpoints.ByRegion(with.primaryRegion(), relayed.primaryUrl(), with.replicas()));
        connection.sync().set("key", "value");
        await().atMost(LONG)
                .until(() -> "value".equals(connection.reading(EVENTUAL).sync().get("key")));

        List<Throwable> failures = new CopyOnWriteArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicLong done = new AtomicLong();
        Thread load = new Thread(() -> {
            for (int i = 0; !ended.get(); i++) {
                try {
                    connection.sync().set("written", Integer.toString(i));
                    assertThat(connection.sync().get("written")).isEqualTo(Integer.toString(i));
                    assertThat(connection.reading(EVENTUAL).sync().get("key")).isEqualTo("value");
                    done.incrementAndGet();
                } catch (RuntimeException | AssertionError failed) {
                    failures.add(failed);
                }
            }
        });
        load.start();
        for (int i = 0; i < 100; i++) {
            topology.change(shapes.get(i % shapes.size()));
            long before = done.get();
            await().atMost(LONG).until(() -> done.get() > before + 5 || !failures.isEmpty());
        }
        ended.set(true);
        load.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(failures).isEmpty();
    }

    @Test
    void should_begin_to_read_from_a_region_that_is_added() {
        Endpoints.ByRegion with = (Endpoints.ByRegion) pair.byRegion();
        topology.change(new Endpoints.ByRegion(with.primaryRegion(), with.primaryUrl(), Map.of()));
        await().atMost(LONG).untilAsserted(() -> {
            long before = atPrimary.get();
            connection.reading(EVENTUAL).sync().get("key");
            assertThat(atPrimary.get()).isGreaterThan(before);
        });
        topology.change(with);
        await().atMost(LONG).untilAsserted(() -> {
            long before = atReplica.get();
            connection.sync().get("key");
            assertThat(atReplica.get()).isGreaterThan(before);
        });
        assertThat(events)
                .filteredOn(RoutingEvent.ReadsMoved.class::isInstance)
                .containsSubsequence(
                        new RoutingEvent.ReadsMoved(RedisPair.PRIMARY_REGION),
                        new RoutingEvent.ReadsMoved(RedisPair.REPLICA_REGION));
        assertThat(events)
                .filteredOn(RoutingEvent.TopologyChanged.class::isInstance)
                .hasSize(2);
    }

    @Test
    void should_follow_a_changed_password_without_failing_a_read() {
        connection.sync().set("key", "value");
        await().atMost(LONG)
                .until(() -> "value".equals(connection.reading(EVENTUAL).sync().get("key")));
        Endpoints.ByRegion with = (Endpoints.ByRegion) pair.byRegion();
        Secret password = Secret.of("changed");
        topology.change(new Endpoints.ByRegion(
                with.primaryRegion(),
                with.primaryUrl().withPassword(password),
                Map.of(RedisPair.REPLICA_REGION, pair.replicaUrl().withPassword(password))));
        protect(pair.replicaUrl(), "changed");
        protect(pair.primaryUrl(), "changed");
        for (int i = 0; i < 50; i++) {
            assertThat(connection.sync().get("key")).isEqualTo("value");
        }
    }

    @Test
    void should_say_that_a_write_was_not_done_and_ask_for_addresses_when_the_primary_is_a_replica() {
        Endpoints.ByRegion right = (Endpoints.ByRegion) pair.byRegion();
        AtomicLong asked = new AtomicLong();
        ChangeableTopology moved = new ChangeableTopology(
                new Endpoints.ByRegion(right.primaryRegion(), pair.replicaUrl(), right.replicas()));
        TopologySource source = new TopologySource() {
            @Override
            public Endpoints current() {
                return moved.current();
            }

            @Override
            public Subscription onChange(Consumer<Endpoints> listener) {
                return moved.onChange(listener);
            }

            @Override
            public void refresh() {
                asked.incrementAndGet();
            }
        };
        try (RegionalRedis other = RegionalRedis.builder()
                        .topology(source)
                        .localRegion(RedisPair.REPLICA_REGION)
                        .build();
                RegionalConnection<String, String> late = other.connect()) {
            assertThatThrownBy(() -> late.sync().set("key", "value"))
                    .isInstanceOfSatisfying(
                            PrimaryMovedException.class,
                            refused -> assertThat(refused.isRetryable()).isTrue())
                    .hasMessageContaining("was not done");
            assertThat(asked).hasPositiveValue();
            moved.change(right);
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> "OK".equals(late.sync().set("key", "value")));
            assertThat(late.sync().get("key")).isEqualTo("value");
        }
    }

    @Test
    void should_send_a_write_to_the_new_primary_when_the_old_one_refuses_it() throws Exception {
        Endpoints.ByRegion right = (Endpoints.ByRegion) pair.byRegion();
        Endpoints.ByRegion relayed = (Endpoints.ByRegion) pair.relayed();
        // What is behind the relay is a replica already, and its answer takes its time.
        topology.change(new Endpoints.ByRegion(
                right.primaryRegion(), relayed.replicas().get(RedisPair.REPLICA_REGION), right.replicas()));
        await().atMost(LONG)
                .untilAsserted(() -> assertThatThrownBy(() -> connection.sync().set("key", "none"))
                        .isInstanceOf(PrimaryMovedException.class));
        pair.toReplica().delay(Duration.ofMillis(700));
        RedisFuture<String> write = connection.async().set("key", "value");
        topology.change(right);
        await().atMost(LONG).until(() -> "OK".equals(connection.sync().set("other", "value")));
        assertThat(write.get(10, TimeUnit.SECONDS)).isEqualTo("OK");
        assertThat(connection.sync().get("key")).isEqualTo("value");
    }

    private static void protect(RedisUrl url, String password) {
        RedisClient client = RedisClient.create();
        try (StatefulRedisConnection<String, String> admin = client.connect(RedisURI.create(url.host(), url.port()))) {
            admin.sync().configSet("masterauth", password);
            admin.sync().configSet("requirepass", password);
            admin.sync().clientKill(io.lettuce.core.KillArgs.Builder.typeNormal());
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }
}
