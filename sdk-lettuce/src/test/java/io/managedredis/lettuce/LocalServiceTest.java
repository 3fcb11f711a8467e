package io.managedredis.lettuce;

import static io.managedredis.testing.LocalManagedRedis.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.managedredis.Database;
import io.managedredis.Endpoints;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.readiness.ProbeResult;
import io.managedredis.testing.LocalManagedRedis;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections to the local service, through its gateways and at its distances, in both shapes of addresses. */
class LocalServiceTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    private static final int CHANGES = 100;

    private LocalManagedRedis service;
    private ManagedRedisClient client;
    private Database database;
    private final Set<String> readAt = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void start() {
        service = LocalManagedRedis.start();
        client = service.client(from("ams"));
        database = client.databases()
                .define("carts")
                .primaryRegion("mad")
                .readRegions("ams")
                .create();
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void should_read_own_writes_and_others_near_by_region() {
        try (RegionalRedis redis = open(TopologySource.of(database));
                RegionalConnection<String, String> connection = redis.connect()) {
            for (int i = 0; i < 20; i++) {
                connection.sync().set("cart:" + i, "3");
                assertThat(connection.sync().get("cart:" + i)).isEqualTo("3");
            }
            await().atMost(LONG).untilAsserted(() -> {
                readAt.clear();
                connection.sync().get("cart:7");
                assertThat(readAt).containsExactly("ams");
            });
            assertThat(redis.statistics().regions()).hasSize(2);
        }
    }

    @Test
    void should_read_own_writes_through_the_single_address() {
        Endpoints single = new Endpoints.ByPlatform(service.url(database, from("ams")));
        try (RegionalRedis redis = open(TopologySource.of(single));
                RegionalConnection<String, String> connection = redis.connect()) {
            for (int i = 0; i < 20; i++) {
                connection.sync().set("cart:" + i, "3");
                assertThat(connection.sync().get("cart:" + i)).isEqualTo("3");
            }
            assertThat(redis.sharedSockets()).isZero();
        }
    }

    @Test
    void should_follow_the_regions_of_the_database_as_the_api_tells_them() {
        try (RegionalRedis redis = RegionalRedis.builder()
                        .topology(TopologySource.polling(client.databases(), database.id(), Duration.ofMillis(300)))
                        .localRegion(Region.of("nrt"))
                        .observer(this::note)
                        .build();
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("cart:7", "3");
            client.databases().update(database.id(), changes -> changes.addReadRegions("nrt"));
            await().atMost(LONG).untilAsserted(() -> {
                readAt.clear();
                assertThat(connection.sync().get("cart:7")).isEqualTo("3");
                assertThat(readAt).containsExactly("nrt");
            });
        }
    }

    @Test
    void should_fail_no_command_while_regions_and_passwords_change() throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicLong done = new AtomicLong();
        try (RegionalRedis redis = RegionalRedis.builder()
                        .topology(TopologySource.polling(client.databases(), database.id(), Duration.ofMillis(100)))
                        .localRegion(Region.of("ams"))
                        // A changed password breaks sockets, and what was not answered on them may be done twice here.
                        .unansweredWrites(UnansweredWrites.REPLAY)
                        .build();
                RegionalConnection<String, String> connection = redis.connect()) {
            Thread load = new Thread(() -> {
                for (int i = 0; !ended.get(); i++) {
                    try {
                        connection.sync().set("cart:" + i % 50, Integer.toString(i));
                        assertThat(connection.sync().get("cart:" + i % 50)).isEqualTo(Integer.toString(i));
                        done.incrementAndGet();
                    } catch (RuntimeException | AssertionError failed) {
                        failures.add(failed);
                    }
                }
            });
            load.start();
            try {
                for (int i = 0; i < CHANGES; i++) {
                    change(i % 4);
                    long before = done.get();
                    await().atMost(LONG).until(() -> done.get() > before + 2 || !failures.isEmpty());
                }
            } finally {
                ended.set(true);
                load.join(LONG.toMillis());
            }
        }
        assertThat(failures).isEmpty();
        assertThat(done).hasValueGreaterThan(2 * CHANGES);
    }

    private void change(int step) {
        switch (step) {
            case 0 -> client.databases().update(database.id(), changes -> changes.removeReadRegions("ams"));
            case 2 -> client.databases().update(database.id(), changes -> changes.addReadRegions("ams"));
            default -> client.databases().resetPassword(database.id());
        }
    }

    @Test
    void should_answer_the_readiness_probe() throws Exception {
        assertThat(new PingProbe().probe(database).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .isEqualTo(new ProbeResult.Answered());
    }

    private RegionalRedis open(TopologySource topology) {
        return RegionalRedis.builder()
                .topology(topology)
                .localRegion(Region.of("ams"))
                .observer(this::note)
                .build();
    }

    private void note(CompletedCommand command) {
        if (command.name().equals("GET")) {
            command.region().ifPresent(region -> readAt.add(region.code()));
        }
    }
}
