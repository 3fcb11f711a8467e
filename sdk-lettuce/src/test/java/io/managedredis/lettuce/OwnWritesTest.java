package io.managedredis.lettuce;

import static io.managedredis.lettuce.Consistency.EVENTUAL;
import static io.managedredis.lettuce.Consistency.READ_YOUR_WRITES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Own writes are read, however far behind the replica is. */
class OwnWritesTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private RedisPair pair;
    private RegionalRedis redis;
    private final AtomicLong readsAtReplica = new AtomicLong();

    @BeforeEach
    void start() throws IOException {
        pair = RedisPair.start();
        redis = open();
    }

    @AfterEach
    void stop() {
        redis.close();
        pair.close();
    }

    @Test
    void should_never_miss_an_own_write_under_random_lag() {
        Random random = new Random(7);
        try (RegionalConnection<String, String> connection = redis.connect()) {
            for (int i = 0; i < 600; i++) {
                if (i % 20 == 0) {
                    pair.replication().delay(Duration.ofMillis(random.nextInt(60)));
                }
                String key = "key" + random.nextInt(8);
                connection.sync().set(key, "value" + i);
                assertThat(connection.sync().get(key)).isEqualTo("value" + i);
                assertThat(connection.sync().mget(key, "other").get(0).getValue())
                        .isEqualTo("value" + i);
            }
        }
    }

    @Test
    void should_never_miss_an_own_write_of_a_key_that_is_sent_as_other_text() {
        pair.replication().delay(Duration.ofMillis(30));
        try (RegionalConnection<String, String> connection = redis.connect()) {
            for (int i = 0; i < 20; i++) {
                connection.sync().set("half\uD800", "first" + i);
                assertThat(connection.sync().get("half?")).isEqualTo("first" + i);
                connection.sync().set("half?", "second" + i);
                assertThat(connection.sync().get("half\uDFFF")).isEqualTo("second" + i);
            }
        }
    }

    @Test
    void should_keep_program_order_for_commands_in_flight() throws Exception {
        pair.replication().delay(Duration.ofMillis(50));
        try (RegionalConnection<String, String> connection = redis.connect()) {
            List<RedisFuture<String>> reads = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                connection.async().set("key" + i % 10, Integer.toString(i));
                reads.add(connection.async().get("key" + i % 10));
            }
            for (int i = 0; i < reads.size(); i++) {
                assertThat(Integer.parseInt(reads.get(i).get(10, TimeUnit.SECONDS)))
                        .isGreaterThanOrEqualTo(i);
            }
        }
    }

    @Test
    void should_read_an_acknowledged_write_of_another_connection() {
        pair.replication().delay(Duration.ofMillis(50));
        try (RegionalConnection<String, String> writer = redis.connect();
                RegionalConnection<String, String> reader = redis.connect()) {
            for (int i = 0; i < 100; i++) {
                writer.sync().set("key", "value" + i);
                assertThat(reader.sync().get("key")).isEqualTo("value" + i);
            }
        }
    }

    @Test
    void should_leave_keys_that_were_not_written_with_the_replica() {
        pair.replication().delay(Duration.ofMillis(300));
        try (RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("written", "value");
            long before = readsAtReplica.get();
            for (int i = 0; i < 10; i++) {
                connection.sync().get("untouched" + i);
            }
            assertThat(readsAtReplica.get() - before).isEqualTo(10);
        }
    }

    @Test
    void should_read_what_a_transaction_and_a_script_have_written() {
        pair.replication().delay(Duration.ofMillis(40));
        try (RegionalConnection<String, String> connection = redis.connect()) {
            for (int i = 0; i < 20; i++) {
                connection.sync().multi();
                connection.sync().set("key", "transaction" + i);
                connection.sync().exec();
                assertThat(connection.sync().get("key")).isEqualTo("transaction" + i);
                connection
                        .sync()
                        .eval(
                                "return redis.call('set', KEYS[1], ARGV[1])",
                                io.lettuce.core.ScriptOutputType.STATUS,
                                new String[] {"key"},
                                "script" + i);
                assertThat(connection.sync().get("key")).isEqualTo("script" + i);
            }
        }
    }

    @Test
    void should_carry_own_writes_to_another_process_in_a_token() {
        pair.replication().delay(Duration.ofMillis(200));
        try (RegionalRedis elsewhere = open();
                RegionalConnection<String, String> here = redis.connect();
                RegionalConnection<String, String> there = elsewhere.connect()) {
            for (int i = 0; i < 5; i++) {
                here.sync().set("key", "value" + i);
                there.resume(here.sessionToken());
                assertThat(there.sync().get("key")).isEqualTo("value" + i);
            }
            there.resume("not a token at all");
            assertThat(there.sync().get("key")).isEqualTo("value4");
        }
    }

    @Test
    void should_bound_staleness_when_asked_to() {
        try (RegionalConnection<String, String> connection = redis.connect()) {
            RegionalConnection<String, String> bounded = connection.reading(Consistency.atMost(Duration.ofMillis(400)));
            await().atMost(LONG).untilAsserted(() -> {
                long before = readsAtReplica.get();
                bounded.sync().get("key");
                assertThat(readsAtReplica.get()).isGreaterThan(before);
            });
            pair.replication().silence();
            await().atMost(LONG).untilAsserted(() -> {
                long before = readsAtReplica.get();
                bounded.sync().get("key");
                assertThat(readsAtReplica.get()).isEqualTo(before);
            });
            assertThat(bounded.explain(CommandType.GET, "key").reason()).isEqualTo(RouteReason.TOO_STALE);
        }
    }

    @Test
    void should_not_read_older_data_after_the_replica_was_lost_and_came_back() {
        try (RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("key", "old");
            await().atMost(LONG)
                    .until(() ->
                            "old".equals(connection.reading(EVENTUAL).sync().get("key")));
            pair.replication().silence();
            pair.toReplica().cut();
            connection.sync().set("key", "new");
            pair.toReplica().heal();
            await().atMost(LONG).until(() -> {
                long before = readsAtReplica.get();
                connection.reading(EVENTUAL).sync().get("key");
                return readsAtReplica.get() > before;
            });
            assertThat(connection.consistency()).isEqualTo(READ_YOUR_WRITES);
            assertThat(connection.sync().get("key")).isEqualTo("new");
        }
    }

    private RegionalRedis open() {
        return RegionalRedis.builder()
                .topology(TopologySource.of(pair.relayed()))
                .localRegion(RedisPair.REPLICA_REGION)
                .health(HealthSettings.defaults().withPingInterval(Duration.ofMillis(200)))
                .observer(command -> {
                    if (command.region()
                            .filter(RedisPair.REPLICA_REGION::equals)
                            .isPresent()) {
                        readsAtReplica.incrementAndGet();
                    }
                })
                .build();
    }
}
