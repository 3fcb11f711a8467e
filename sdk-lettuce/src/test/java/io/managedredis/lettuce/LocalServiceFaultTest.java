package io.managedredis.lettuce;

import static io.managedredis.lettuce.Consistency.EVENTUAL;
import static io.managedredis.testing.LocalManagedRedis.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.managedredis.Database;
import io.managedredis.Endpoints;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.lettuce.error.WriteOutcomeUnknownException;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.ApiError;
import io.managedredis.testing.fault.ConnectionBlackHoled;
import io.managedredis.testing.fault.ConnectionCut;
import io.managedredis.testing.fault.Fault;
import io.managedredis.testing.fault.PasswordRejected;
import io.managedredis.testing.fault.RegionDown;
import io.managedredis.testing.fault.RegionSlow;
import io.managedredis.testing.fault.ReplicationPaused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users see, under load, of the faults of the local service in their own region. */
class LocalServiceFaultTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final HealthSettings QUICK = HealthSettings.defaults()
            .withPingInterval(Duration.ofMillis(200))
            .withPingTimeout(Duration.ofMillis(600))
            .withStallTimeout(Duration.ofSeconds(2));

    private LocalManagedRedis service;
    private ManagedRedisClient client;
    private Database database;
    private final AtomicLong readsInAmsterdam = new AtomicLong();

    @BeforeEach
    void start() {
        service = LocalManagedRedis.builder().planLimits(false).start();
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

    static List<Fault> faults() {
        return List.of(
                RegionDown.in("ams"),
                RegionSlow.in("ams", Duration.ofSeconds(3)),
                ConnectionCut.in("ams"),
                ConnectionBlackHoled.in("ams"),
                ReplicationPaused.in("ams"),
                PasswordRejected.in("ams"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void should_fail_no_read_and_lose_no_write_and_read_near_again_afterwards(Fault fault) {
        try (RegionalRedis redis = open(TopologySource.of(database));
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("key", "value");
            await().atMost(LONG).until(() -> {
                connection.reading(EVENTUAL).sync().get("key");
                return readsInAmsterdam.get() > 0
                        && "value".equals(connection.reading(EVENTUAL).sync().get("key"));
            });
            try (Load load = new Load(connection)) {
                load.awaitMore(50, 5);
                ActiveFault active = service.inject(fault);
                load.awaitMore(50, 5);
                active.close();
                long before = readsInAmsterdam.get();
                await().atMost(LONG).until(() -> readsInAmsterdam.get() > before + 50);
                load.awaitMore(50, 5);
                load.assertNothingFailedOrLost();
            }
        }
    }

    @Test
    void should_go_on_while_the_api_fails_and_follow_it_when_it_is_back() {
        try (RegionalRedis redis = open(TopologySource.polling(
                        client.databases(),
                        database.id(),
                        Duration.ofMillis(200),
                        service.endpoints(database, from("ams"))));
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("key", "value");
            try (Load load = new Load(connection)) {
                ActiveFault active = service.inject(ApiError.status(500));
                load.awaitMore(100, 10);
                active.close();
                client.databases().update(database.id(), changes -> changes.addReadRegions("nrt"));
                await().atMost(LONG).until(() -> redis.statistics().regions().size() > 1);
                load.awaitMore(50, 5);
                load.assertNothingFailedOrLost();
            }
        }
    }

    @Test
    void should_find_a_half_open_socket_of_the_single_address_and_serve_again_afterwards() {
        Endpoints single = new Endpoints.ByPlatform(service.url(database, from("ams")));
        try (RegionalRedis redis = open(TopologySource.of(single));
                RegionalConnection<String, String> connection = redis.connect()) {
            AtomicInteger disconnected = new AtomicInteger();
            connection.addListener(new RedisConnectionStateAdapter() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                    disconnected.incrementAndGet();
                }
            });
            connection.sync().set("key", "value");
            ActiveFault active = service.inject(ConnectionBlackHoled.in("ams"));
            connection.async().get("key");
            await().atMost(LONG).until(() -> disconnected.get() > 0);
            active.close();
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> "value".equals(connection.sync().get("key")));
        }
    }

    private RegionalRedis open(TopologySource topology) {
        return RegionalRedis.builder()
                .topology(topology)
                .localRegion(Region.of("ams"))
                .timeout(Duration.ofSeconds(20))
                .health(QUICK)
                .observer(command -> {
                    if (command.failure() == null && command.name().equals("GET")) {
                        command.region()
                                .filter(region -> region.code().equals("ams"))
                                .ifPresent(region -> readsInAmsterdam.incrementAndGet());
                    }
                })
                .build();
    }

    /** Reads one key whatever the replica has, and writes others, until closed. */
    private static final class Load implements AutoCloseable {

        private final RegionalConnection<String, String> connection;
        private final List<Thread> threads = new ArrayList<>();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicLong reads = new AtomicLong();
        private final AtomicLong writes = new AtomicLong();
        private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
        private final List<Throwable> failures = new CopyOnWriteArrayList<>();

        Load(RegionalConnection<String, String> connection) {
            this.connection = connection;
            for (int i = 0; i < 2; i++) {
                String key = "written" + i;
                threads.add(new Thread(this::read, "load-reads"));
                threads.add(new Thread(() -> write(key), "load-writes"));
            }
            threads.forEach(Thread::start);
        }

        private void read() {
            RegionalConnection<String, String> eventual = connection.reading(EVENTUAL);
            while (!ended.get()) {
                try {
                    assertThat(eventual.sync().get("key")).isEqualTo("value");
                    reads.incrementAndGet();
                } catch (RuntimeException | AssertionError failed) {
                    failures.add(failed);
                }
            }
        }

        private void write(String key) {
            for (int i = 1; !ended.get(); i++) {
                try {
                    connection.sync().set(key, Integer.toString(i));
                    acknowledged.put(key, i);
                    writes.incrementAndGet();
                } catch (WriteOutcomeUnknownException notAcknowledged) {
                    // It may or may not be there; the next one is larger.
                    continue;
                } catch (RuntimeException failed) {
                    failures.add(failed);
                }
            }
        }

        void awaitMore(long moreReads, long moreWrites) {
            long readsBefore = reads.get();
            long writesBefore = writes.get();
            await().atMost(LONG)
                    .until(() -> reads.get() >= readsBefore + moreReads && writes.get() >= writesBefore + moreWrites
                            || !failures.isEmpty());
        }

        void assertNothingFailedOrLost() {
            end();
            assertThat(failures).isEmpty();
            acknowledged.forEach((key, value) -> assertThat(Integer.parseInt(
                            connection.reading(Consistency.PRIMARY).sync().get(key)))
                    .isGreaterThanOrEqualTo(value));
        }

        private void end() {
            ended.set(true);
            await().atMost(LONG).until(() -> threads.stream().noneMatch(Thread::isAlive));
        }

        @Override
        public void close() {
            end();
        }
    }
}
