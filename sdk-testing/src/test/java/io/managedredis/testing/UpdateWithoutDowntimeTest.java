package io.managedredis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Database;
import io.managedredis.Eviction;
import io.managedredis.ManagedRedisClient;
import io.managedredis.PlanId;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Regions, plan and eviction change through the API while clients write and read. */
class UpdateWithoutDowntimeTest {

    private static final Region NRT = Region.of("nrt");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean stop = new AtomicBoolean();
    private LocalManagedRedis service;
    private ManagedRedisClient client;

    @BeforeEach
    void start() {
        service = LocalManagedRedis.builder().distances(Distances.none()).start();
        client = service.client();
    }

    @AfterEach
    void end() {
        stop.set(true);
        threads.shutdownNow();
        client.close();
        service.close();
    }

    @Test
    void should_lose_no_command_and_drop_no_connection_of_the_regions_that_stay() throws Exception {
        Database database = client.databases()
                .define("carts")
                .primaryRegion("mad")
                .readRegions("nrt")
                .create();
        List<Counter> counters = new ArrayList<>();
        for (RedisUrl url : List.of(
                service.url(database, Vantage.beside()),
                service.url(database, Vantage.from(NRT)),
                service.endpoints(database, Vantage.beside()).urlFor(NRT).orElseThrow())) {
            counters.add(new Counter(url, "counter:" + counters.size()));
        }
        List<Future<?>> running = new ArrayList<>();
        counters.forEach(counter -> running.add(threads.submit(counter)));

        for (int round = 0; round < 2; round++) {
            awaitProgress(counters);
            client.databases().update(database.id(), update -> update.addReadRegions("ams", "sin"));
            awaitProgress(counters);
            client.databases()
                    .update(
                            database.id(),
                            update -> update.plan(PlanId.of("500MB")).eviction(Eviction.ENABLED));
            awaitProgress(counters);
            client.databases().update(database.id(), update -> update.removeReadRegions("ams", "sin"));
            awaitProgress(counters);
            client.databases()
                    .update(
                            database.id(),
                            update -> update.plan(PlanId.of("Pay-as-you-go")).eviction(Eviction.DISABLED));
        }
        stop.set(true);

        for (Future<?> counter : running) {
            counter.get();
        }
        try (RawRedis redis = RawRedis.connect(service.url(database, Vantage.beside()))) {
            for (Counter counter : counters) {
                assertThat(redis.call("GET", counter.key)).isEqualTo(Integer.toString(counter.done.get()));
            }
        }
    }

    @Test
    void should_close_the_connections_of_a_removed_region_cleanly() {
        Database database = client.databases()
                .define("carts")
                .primaryRegion("mad")
                .readRegions("ams", "nrt")
                .create();
        RedisUrl removed = service.endpoints(database, Vantage.beside())
                .urlFor(Region.of("ams"))
                .orElseThrow();
        try (RawRedis redis = RawRedis.connect(removed)) {
            assertThat(redis.call("SET", "a", "1")).isEqualTo("OK");

            Database updated = client.databases().update(database.id(), update -> update.removeReadRegions("ams"));

            assertThat(updated.readRegions()).containsExactly(NRT);
            assertThatThrownBy(() -> redis.call("GET", "a")).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> RawRedis.connect(removed)).isInstanceOf(UncheckedIOException.class);
        }
    }

    private void awaitProgress(List<Counter> counters) {
        for (Counter counter : counters) {
            int before = counter.done.get();
            Awaitility.await().until(() -> counter.done.get() > before + 20);
        }
    }

    /** Counts in Redis, on one connection, until told to stop; fails when the count is not one more each time. */
    private final class Counter implements Runnable {

        private final RedisUrl url;
        private final String key;
        private final AtomicInteger done = new AtomicInteger();

        Counter(RedisUrl url, String key) {
            this.url = url;
            this.key = key;
        }

        @Override
        public void run() {
            try (RawRedis redis = RawRedis.connect(url)) {
                while (!stop.get()) {
                    String expected = Integer.toString(done.get() + 1);
                    assertThat(redis.call("INCR", key)).isEqualTo(expected);
                    assertThat(redis.call("GET", key)).isEqualTo(expected);
                    done.incrementAndGet();
                }
            }
        }
    }
}
