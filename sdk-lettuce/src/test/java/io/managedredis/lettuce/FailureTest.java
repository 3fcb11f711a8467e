package io.managedredis.lettuce;

import static io.managedredis.lettuce.Consistency.EVENTUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.managedredis.lettuce.error.CursorLostException;
import io.managedredis.lettuce.error.TransactionLostException;
import io.managedredis.lettuce.error.WriteOutcomeUnknownException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users see while endpoints go away under load. */
class FailureTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private RedisPair pair;
    private RegionalRedis redis;
    private RegionalConnection<String, String> connection;
    private final Map<String, AtomicLong> answeredBy = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws IOException {
        pair = RedisPair.start();
        redis = RegionalRedis.builder()
                .topology(TopologySource.of(pair.relayed()))
                .localRegion(RedisPair.REPLICA_REGION)
                .health(HealthSettings.defaults()
                        .withPingInterval(Duration.ofMillis(200))
                        .withPingTimeout(Duration.ofMillis(500))
                        .withStallTimeout(Duration.ofMillis(800)))
                .observer(command -> command.region()
                        .ifPresent(region -> answeredBy
                                .computeIfAbsent(command.name() + " " + region, key -> new AtomicLong())
                                .incrementAndGet()))
                .build();
        connection = redis.connect();
        connection.sync().set("key", "value");
        await().atMost(LONG).until(() -> {
            connection.sync().get("key");
            return answered("GET ams") > 0;
        });
    }

    @AfterEach
    void stop() {
        redis.close();
        pair.close();
    }

    @Test
    void should_fail_no_read_and_use_the_replica_again_when_it_was_cut() throws Exception {
        try (Load load = new Load()) {
            pair.toReplica().cut();
            awaitMore("GET mad", 500);
            pair.toReplica().heal();
            awaitMore("GET ams", 500);
            load.assertNoFailedRead();
        }
    }

    @Test
    void should_fail_no_read_and_use_the_replica_again_when_it_was_silent() throws Exception {
        try (Load load = new Load()) {
            pair.toReplica().silence();
            awaitMore("GET mad", 500);
            pair.toReplica().heal();
            awaitMore("GET ams", 500);
            load.assertNoFailedRead();
        }
    }

    @Test
    void should_fail_no_read_when_the_replica_is_killed() throws Exception {
        try (Load load = new Load()) {
            pair.killReplica();
            awaitMore("GET mad", 500);
            load.assertNoFailedRead();
        }
    }

    @Test
    void should_lose_no_acknowledged_write_when_the_way_to_the_primary_is_cut() throws Exception {
        try (Load load = new Load()) {
            for (int i = 0; i < 3; i++) {
                awaitMore("SET mad", 100);
                pair.toPrimary().cut();
                awaitMore("GET ams", 100);
                pair.toPrimary().heal();
            }
            awaitMore("SET mad", 100);
            load.assertNoFailedRead();
            load.assertNoLostWrite();
        }
    }

    @Test
    void should_lose_no_acknowledged_write_when_the_way_to_the_primary_is_silent() throws Exception {
        try (Load load = new Load()) {
            awaitMore("SET mad", 100);
            pair.toPrimary().silence();
            await().atMost(LONG).until(() -> load.unknownWrites.get() > 0);
            pair.toPrimary().heal();
            awaitMore("SET mad", 100);
            load.assertNoFailedRead();
            load.assertNoLostWrite();
        }
    }

    @Test
    void should_run_nothing_of_a_transaction_whose_connection_was_lost() {
        connection.sync().watch("key");
        connection.sync().multi();
        connection.sync().set("key", "changed");
        pair.toPrimary().cut();
        pair.toPrimary().heal();
        await().atMost(LONG).until(() -> redis.statistics().regions().get(0).usable() && connection.isOpen());
        assertThatThrownBy(() -> connection.sync().exec()).isInstanceOf(TransactionLostException.class);
        assertThat(connection.isMulti()).isFalse();
        assertThat(connection.reading(Consistency.PRIMARY).sync().get("key")).isEqualTo("value");
        assertThat(connection.sync().set("key", "alone")).isEqualTo("OK");
        assertThat(connection.sync().get("key")).isEqualTo("alone");
    }

    @Test
    void should_say_that_a_cursor_is_lost_when_its_replica_is_gone() {
        for (int i = 0; i < 100; i++) {
            connection.sync().set("key" + i, "value");
        }
        RegionalConnection<String, String> eventual = connection.reading(EVENTUAL);
        KeyScanCursor<String> begun = eventual.sync().scan(ScanArgs.Builder.limit(10));
        assertThat(begun.isFinished()).isFalse();
        pair.killReplica();
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThatThrownBy(() -> eventual.sync().scan(begun)).isInstanceOf(CursorLostException.class));
        assertThat(eventual.sync().scan(ScanArgs.Builder.limit(10)).getKeys()).isNotEmpty();
    }

    private long answered(String what) {
        return answeredBy.getOrDefault(what, new AtomicLong()).get();
    }

    private void awaitMore(String what, long more) {
        long before = answered(what);
        await().atMost(LONG).until(() -> answered(what) >= before + more);
    }

    /** Reads one key whatever the replica has, and counts others up at the primary, until closed. */
    private final class Load implements AutoCloseable {

        private final ExecutorService threads = Executors.newFixedThreadPool(4);
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicInteger failedReads = new AtomicInteger();
        private final AtomicInteger failedWrites = new AtomicInteger();
        final AtomicInteger unknownWrites = new AtomicInteger();
        private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
        private final CountDownLatch end = new CountDownLatch(4);
        private volatile Throwable failure;

        Load() {
            for (int i = 0; i < 2; i++) {
                threads.execute(this::read);
                String key = "written" + i;
                threads.execute(() -> write(key));
            }
        }

        private void read() {
            RegionalConnection<String, String> eventual = connection.reading(EVENTUAL);
            while (!ended.get()) {
                try {
                    if (!"value".equals(eventual.sync().get("key"))) {
                        throw new AssertionError("another value was read");
                    }
                } catch (RuntimeException | AssertionError failed) {
                    failure = failed;
                    failedReads.incrementAndGet();
                }
            }
            end.countDown();
        }

        private void write(String key) {
            for (int i = 1; !ended.get(); i++) {
                try {
                    connection.sync().set(key, Integer.toString(i));
                    acknowledged.put(key, i);
                } catch (WriteOutcomeUnknownException unknown) {
                    unknownWrites.incrementAndGet();
                } catch (RuntimeException failed) {
                    failure = failed;
                    failedWrites.incrementAndGet();
                }
            }
            end.countDown();
        }

        void assertNoFailedRead() {
            assertThat(failedReads)
                    .as(() -> "failed reads, one of them: " + failure)
                    .hasValue(0);
        }

        void assertNoLostWrite() throws InterruptedException {
            ended.set(true);
            assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
            acknowledged.forEach((key, value) ->
                    assertThat(Integer.parseInt(connection.sync().get(key))).isGreaterThanOrEqualTo(value));
            assertThat(failedWrites)
                    .as(() -> "failed writes, one of them: " + failure)
                    .hasValue(0);
        }

        @Override
        public void close() {
            ended.set(true);
            threads.shutdownNow();
            await().atMost(LONG).until(threads::isTerminated);
        }
    }
}
