package io.managedredis.lettuce;

import static io.managedredis.lettuce.Consistency.EVENTUAL;
import static io.managedredis.lettuce.Consistency.READ_YOUR_WRITES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many commands it costs to know what has arrived at a replica. */
class FenceTrafficTest {

    private static final Pattern PUBLISHED = Pattern.compile("cmdstat_publish:calls=(\\d+)");
    private static final Duration LONG = Duration.ofSeconds(20);

    private RedisPair pair;

    @BeforeEach
    void start() throws IOException {
        pair = RedisPair.start();
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void should_send_no_fence_while_nobody_reads_own_writes() {
        try (RegionalRedis redis = open(EVENTUAL);
                RegionalConnection<String, String> connection = redis.connect()) {
            write(connection, 500);
            connection.reading(Consistency.PRIMARY).sync().get("key1");
            assertThat(published(connection)).isZero();

            RegionalConnection<String, String> own = connection.reading(READ_YOUR_WRITES);
            for (int i = 0; i < 500; i++) {
                assertThat(own.sync().get("key" + i)).isEqualTo("value");
            }
            own.sync().set("key1", "newer");
            assertThat(own.sync().get("key1")).isEqualTo("newer");
            assertThat(published(connection)).isPositive();
            awaitReadFromReplica(redis, own, "key1");
        }
    }

    @Test
    void should_send_far_fewer_fences_than_writes_and_still_prove_all_of_them() {
        try (RegionalRedis redis = open(READ_YOUR_WRITES);
                RegionalConnection<String, String> connection = redis.connect()) {
            for (int i = 0; i < 20; i++) {
                write(connection, 500);
            }
            assertThat(published(connection)).isLessThan(5_000);
            awaitReadFromReplica(redis, connection, "key499");
        }
    }

    private static void awaitReadFromReplica(
            RegionalRedis redis, RegionalConnection<String, String> connection, String key) {
        await().atMost(LONG).until(() -> {
            long before = redis.statistics().readsKeptFromStaleness();
            connection.sync().get(key);
            return redis.statistics().readsKeptFromStaleness() == before;
        });
    }

    private static void write(RegionalConnection<String, String> connection, int keys) {
        List<RedisFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            answers.add(connection.async().set("key" + i, "value"));
        }
        assertThat(LettuceFutures.awaitAll(LONG, answers.toArray(RedisFuture[]::new)))
                .isTrue();
    }

    private static long published(RegionalConnection<String, String> connection) {
        Matcher matcher =
                PUBLISHED.matcher(connection.reading(Consistency.PRIMARY).sync().info("commandstats"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private RegionalRedis open(Consistency consistency) {
        return RegionalRedis.builder()
                .topology(TopologySource.of(pair.byRegion()))
                .localRegion(RedisPair.REPLICA_REGION)
                .consistency(consistency)
                .build();
    }
}
