package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static io.managedredis.testing.internal.data.TestDatabases.MAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.managedredis.Eviction;
import io.managedredis.Limit;
import io.managedredis.Region;
import io.managedredis.testing.Distances;
import io.managedredis.testing.Face;
import io.managedredis.testing.MovableClock;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.PlanLimits;
import io.managedredis.testing.internal.RunningDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final long MEGABYTE = 1L << 20;
    private static final Limit NONE = Limit.unlimited();

    private final MovableClock clock =
            MovableClock.of(Clock.fixed(Instant.parse("2026-01-01T10:00:00Z"), ZoneOffset.UTC));
    private final LocalDataPlane plane = LocalDataPlane.create(
            DataPlaneOptions.defaults().with(Distances.none()).with(clock));

    @AfterEach
    void close() {
        plane.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_refuse_writes_and_go_on_reading_and_deleting_when_the_data_is_full(String region) {
        RunningDatabase database = start(data(4 * MEGABYTE), Eviction.DISABLED, AMS);
        try (RespClient client = RespClient.login(database.url(Region.of(region), Vantage.beside()))) {
            String answer = fill(client, "key", 20_000);

            assertThat(answer)
                    .matches("-ERR DB capacity quota exceeded\\. Threshold: 4194304 bytes, Usage: \\d+ bytes\\. ");
            assertThat(client.ask("SET", "one-more", "x".repeat(10_000)))
                    .startsWith("-ERR DB capacity quota exceeded.");
            assertThat(client.ask("STRLEN", "key0")).isEqualTo(":1000 ");
            assertThat(client.ask("DEL", "key0", "key1", "key2")).isEqualTo(":3 ");
            assertThat(database.usage().orElseThrow().dataBytes()).isBetween(3 * MEGABYTE, 4 * MEGABYTE + 200_000);
            for (int i = 3; i < 500; i++) {
                client.ask("DEL", "key" + i);
            }
            await().until(() -> client.ask("SET", "again", "x").equals("+OK "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad,DISABLED", "ams,DISABLED", "mad,ENABLED"})
    void should_refuse_in_the_words_of_redis_what_a_limit_set_by_a_client_does_not_allow(String regionAndEviction) {
        String[] parts = regionAndEviction.split(",");
        LocalDataPlane plain = LocalDataPlane.create(
                DataPlaneOptions.defaults().with(Distances.none()).with(clock).with(Face.REDIS));
        RunningDatabase database =
                plain.start(TestDatabases.limited(data(4 * MEGABYTE), Eviction.valueOf(parts[1]), AMS));
        try (plain;
                RespClient client = RespClient.login(database.url(Region.of(parts[0]), Vantage.beside()))) {
            client.ask("CONFIG", "SET", "maxmemory", "1", "maxmemory-policy", "noeviction");
            assertThat(client.ask("SET", "key", "value"))
                    .isEqualTo("-OOM command not allowed when used memory > 'maxmemory'. ");
            client.ask("CONFIG", "SET", "maxmemory", "900mb");
            assertThat(client.ask("SET", "key", "value")).isEqualTo("+OK ");
            database.usage();
            assertThat(client.ask("CONFIG", "GET", "maxmemory")).isEqualTo("*2 $9 maxmemory $9 943718400 ");
            client.ask("CONFIG", "SET", "maxmemory", "0", "maxmemory-policy", "volatile-random");
            if (parts[1].equals("DISABLED")) {
                assertThat(fill(client, "other", 20_000)).startsWith("-ERR DB capacity quota exceeded.");
            }
        }
    }

    @Test
    void should_leave_to_redis_what_no_text_can_hold() {
        RunningDatabase database = start(data(4 * MEGABYTE), Eviction.DISABLED, AMS);
        try (RespClient client = RespClient.login(database.url(MAD, Vantage.beside()))) {
            assertThat(client.ask("SETBIT", "key", "4294967296", "1"))
                    .contains("bit offset is not an integer or out of range");
            assertThat(client.ask("SETRANGE", "key", "536870912", "x")).contains("string exceeds maximum allowed size");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_refuse_the_write_at_which_the_data_has_reached_its_limit(String region) {
        RunningDatabase database = start(data(4 * MEGABYTE), Eviction.DISABLED, AMS);
        try (RespClient client = RespClient.login(database.url(Region.of(region), Vantage.beside()));
                RespClient other = RespClient.login(database.url(MAD, Vantage.beside()))) {
            // Large values leave large buffers behind, which are no data.
            for (int i = 0; i < 20; i++) {
                assertThat(other.ask("SET", "large", "y".repeat(1_000_000))).isEqualTo("+OK ");
            }
            int written = 0;
            while (client.ask("SET", "key" + written, "x".repeat(20_000)).equals("+OK ")) {
                written++;
            }
            long usage = database.usage().orElseThrow().dataBytes();
            // What connections take changes between the questions that measure it: one value more or less.
            assertThat(usage).isBetween(4 * MEGABYTE - 50_000, 4 * MEGABYTE + 100_000);
            assertThat(client.ask("EVAL", "return redis.call('set', 'scripted', '1')", "0"))
                    .startsWith("-");
            assertThat(client.ask("DEL", "large")).isEqualTo(":1 ");
            assertThat(other.ask("SET", "large", "y".repeat(1_000_000))).isEqualTo("+OK ");
        }
    }

    @Test
    void should_find_nothing_in_a_database_that_is_empty() {
        RunningDatabase database = start(data(4 * MEGABYTE), Eviction.DISABLED, AMS);
        try (RespClient client = RespClient.login(database.url(AMS, Vantage.beside()))) {
            assertThat(client.ask("SET", "key", "x".repeat(100_000))).isEqualTo("+OK ");
            assertThat(database.usage().orElseThrow().dataBytes()).isBetween(100_000L, 250_000L);
            assertThat(client.ask("DEL", "key")).isEqualTo(":1 ");

            assertThat(database.usage().orElseThrow().dataBytes()).isZero();
        }
    }

    @Test
    void should_refuse_what_makes_a_record_too_large_with_what_it_holds_already() {
        RunningDatabase database =
                start(new PlanLimits(NONE, NONE, NONE, NONE, NONE, NONE, Limit.of(100_000)), Eviction.DISABLED);
        String refusal = "-ERR max single record size exceeded ";
        try (RespClient client = RespClient.login(database.url(MAD, Vantage.beside()))) {
            assertThat(client.ask("SET", "text", "x".repeat(60_000))).isEqualTo("+OK ");
            assertThat(client.ask("APPEND", "text", "x".repeat(40_000))).isEqualTo(":100000 ");
            assertThat(client.ask("APPEND", "text", "x")).isEqualTo(refusal);
            assertThat(client.ask("SETRANGE", "text", "99999", "y")).isEqualTo(":100000 ");
            assertThat(client.ask("SETRANGE", "text", "100000", "y")).isEqualTo(refusal);
            assertThat(client.ask("SETBIT", "bits", "800000", "1")).isEqualTo(refusal);
            assertThat(client.ask("SET", "text", "x".repeat(90_000))).isEqualTo("+OK ");

            int pushed = 0;
            while (client.ask("RPUSH", "list", "x".repeat(1_000)).startsWith(":")) {
                pushed++;
            }
            assertThat(pushed).isBetween(90, 100);
            assertThat(client.ask("RPUSH", "other", "x".repeat(1_000))).isEqualTo(":1 ");
            assertThat(client.ask("LTRIM", "list", "0", "9")).isEqualTo("+OK ");
            assertThat(client.ask("RPUSH", "list", "x".repeat(1_000))).isEqualTo(":11 ");
            assertThat(client.sendRaw("APPEND text " + "x".repeat(20_000) + "\r\n")
                            .read())
                    .isEqualTo(refusal);
        }
    }

    @Test
    void should_evict_keys_with_a_time_to_live_first_and_then_any() {
        RunningDatabase database = start(data(4 * MEGABYTE), Eviction.ENABLED);
        try (RespClient client = RespClient.login(database.url(MAD, Vantage.beside()))) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(client.ask("SET", "volatile" + i, "x".repeat(1_000), "EX", "100000"))
                        .isEqualTo("+OK ");
            }
            List<String> kept = new ArrayList<>();
            int i = 0;
            while (volatileKeys(client) > 0) {
                assertThat(client.ask("SET", "kept" + i, "x".repeat(1_000))).isEqualTo("+OK ");
                kept.add("kept" + i++);
            }
            // All that had a time to live went before the first other key did.
            assertThat(client.ask(command("EXISTS", kept))).isEqualTo(":" + kept.size() + " ");

            assertThat(fill(client, "more", 5_000)).isEqualTo("+OK ");

            assertThat(client.ask(command("EXISTS", kept))).isNotEqualTo(":" + kept.size() + " ");
            assertThat(database.usage().orElseThrow().dataBytes()).isLessThan(4 * MEGABYTE + 200_000);
            assertThat(client.ask("MULTI")).isEqualTo("+OK ");
            for (int j = 0; j < 50; j++) {
                assertThat(client.ask("SET", "in-transaction" + j, "x".repeat(1_000)))
                        .isEqualTo("+QUEUED ");
            }
            assertThat(client.ask("EXEC")).startsWith("*50 +OK ");
            assertThat(client.ask("EVAL", "return redis.call('set', KEYS[1], ARGV[1])", "1", "s", "x".repeat(50_000)))
                    .isEqualTo("+OK ");
        }
    }

    @Test
    void should_apply_a_change_of_eviction_to_connected_clients() {
        RunningDatabase database = start(data(4 * MEGABYTE), Eviction.DISABLED);
        try (RespClient client = RespClient.login(database.url(MAD, Vantage.beside()))) {
            assertThat(fill(client, "key", 20_000)).startsWith("-ERR DB capacity quota exceeded.");

            database.changeEviction(Eviction.ENABLED);
            assertThat(fill(client, "evicting", 3_000)).isEqualTo("+OK ");

            database.changeEviction(Eviction.DISABLED);
            assertThat(fill(client, "full", 20_000)).startsWith("-ERR DB capacity quota exceeded.");

            database.changeLimits(data(40 * MEGABYTE));
            assertThat(fill(client, "larger", 3_000)).isEqualTo("+OK ");
        }
    }

    @Test
    void should_refuse_commands_over_the_days_number_until_the_next_day() {
        RunningDatabase database =
                start(new PlanLimits(NONE, NONE, NONE, Limit.of(10), NONE, NONE, NONE), Eviction.DISABLED, AMS);
        try (RespClient client = RespClient.login(database.url(AMS, Vantage.beside()))) {
            for (int i = 0; i < 20; i++) {
                client.ask("PING");
                client.ask("SELECT", "0");
                client.ask("INFO");
                client.ask("COMMAND");
                client.ask("HELLO");
                client.ask("CONFIG", "GET", "*");
            }
            for (int i = 0; i < 10; i++) {
                assertThat(client.ask("SET", "key", "value")).isEqualTo("+OK ");
            }
            assertThat(client.ask("GET", "key"))
                    .startsWith("-ERR max daily request limit exceeded. Limit: 10, Usage: 11. See ");
            assertThat(client.ask("SET", "key", "other")).contains("Usage: 12.");
            assertThat(client.ask("PING")).isEqualTo("+PONG ");
            assertThat(client.sendRaw("GET key\r\n").read()).contains("Usage: 13.");

            clock.advance(Duration.ofHours(14));

            assertThat(client.ask("GET", "key")).isEqualTo("$5 value ");
            assertThat(database.usage().orElseThrow().commandsToday()).isEqualTo(1);
        }
    }

    @Test
    void should_hold_traffic_over_the_days_bandwidth_until_the_next_day() {
        RunningDatabase database =
                start(new PlanLimits(NONE, NONE, NONE, NONE, Limit.of(100_000), NONE, NONE), Eviction.DISABLED);
        try (RespClient client = RespClient.login(database.url(MAD, Vantage.beside()))) {
            assertThat(client.ask("SET", "key", "x".repeat(50_000))).isEqualTo("+OK ");
            assertThat(client.ask("GET", "key")).startsWith("$50000 ");
            client.send("STRLEN", "key");
            assertThat(database.usage().orElseThrow().bandwidthBytesToday()).isGreaterThan(100_000);
            assertThat(database.usage().orElseThrow().commandsToday()).isEqualTo(2);

            clock.advance(Duration.ofDays(1));

            assertThat(client.read()).isEqualTo(":50000 ");
        }
    }

    @Test
    void should_let_commands_over_the_seconds_number_wait() {
        RunningDatabase database =
                start(new PlanLimits(NONE, NONE, Limit.of(200), NONE, NONE, NONE, NONE), Eviction.DISABLED);
        try (RespClient client = RespClient.login(database.url(MAD, Vantage.beside()));
                RespClient other = RespClient.login(database.url(MAD, Vantage.beside()))) {
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                client.send("INCR", "counter");
                other.send("INCR", "counter");
            }
            for (int i = 0; i < 100; i++) {
                assertThat(client.read()).startsWith(":");
                assertThat(other.read()).startsWith(":");
            }
            // 200 commands take one second at this rate, less the burst that comes before its time.
            assertThat(System.nanoTime() - start)
                    .isGreaterThan(Duration.ofMillis(800).toNanos());
        }
    }

    @Test
    void should_refuse_one_connection_too_many_and_close_it() {
        RunningDatabase database =
                start(new PlanLimits(NONE, Limit.of(2), NONE, NONE, NONE, NONE, NONE), Eviction.DISABLED, AMS);
        RespClient first = RespClient.login(database.url(MAD, Vantage.beside()));
        try (RespClient second = RespClient.login(database.url(AMS, Vantage.beside()));
                RespClient third = RespClient.connect(database.url(AMS, Vantage.beside()))) {
            assertThat(third.read()).isEqualTo("-ERR max concurrent connections exceeded ");
            assertThat(third.isClosedByServer()).isTrue();
            assertThat(second.ask("PING")).isEqualTo("+PONG ");

            first.close();

            await().until(() -> {
                try (RespClient fourth = RespClient.connect(database.url(AMS, Vantage.beside()))) {
                    return fourth.ask("PING").startsWith("-NOAUTH");
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_refuse_requests_and_answers_that_are_too_large_and_go_on(String region) {
        RunningDatabase database =
                start(new PlanLimits(NONE, NONE, NONE, NONE, NONE, Limit.of(MEGABYTE), NONE), Eviction.DISABLED, AMS);
        try (RespClient client = RespClient.login(database.url(Region.of(region), Vantage.beside()))) {
            byte[] request = RespClient.encode("SET", "key", "x".repeat(2_000_000));
            client.send("SET", "before", "1").sendRaw(request).send("GET", "before");
            assertThat(client.read()).isEqualTo("+OK ");
            assertThat(client.read())
                    .startsWith("-ERR max request size exceeded. Limit: 1048576 bytes, Actual: " + request.length
                            + " bytes. See ");
            assertThat(client.read()).isEqualTo("$1 1 ");
            assertThat(client.ask("EXISTS", "key")).isEqualTo(":0 ");

            for (int i = 0; i < 4; i++) {
                assertThat(client.ask("SET", "part" + i, "x".repeat(300_000))).isEqualTo("+OK ");
            }
            client.send("MGET", "part0", "part1", "part2", "part3")
                    .send("GET", "part0")
                    .send("STRLEN", "part0");
            assertThat(client.read()).startsWith("-ERR max request size exceeded. Limit: 1048576 bytes, Actual: 1200");
            assertThat(client.read()).startsWith("$300000 xxx").hasSize(300_009);
            assertThat(client.read()).isEqualTo(":300000 ");
        }
    }

    @Test
    void should_limit_nothing_when_told_so() {
        LocalDataPlane unlimited = LocalDataPlane.create(
                DataPlaneOptions.defaults().with(Distances.none()).withoutLimits());
        try (unlimited) {
            Limit one = Limit.of(1);
            PlanLimits tight = new PlanLimits(one, one, one, one, one, one, one);
            RunningDatabase database = unlimited.start(TestDatabases.limited(tight, Eviction.DISABLED));
            database.changeLimits(tight);
            try (RespClient client = RespClient.login(database.url(MAD, Vantage.beside()));
                    RespClient other = RespClient.login(database.url(MAD, Vantage.beside()))) {
                assertThat(fill(client, "key", 1_000)).isEqualTo("+OK ");
                assertThat(fill(other, "other", 1_000)).isEqualTo("+OK ");
            }
        }
    }

    @Test
    void should_refuse_records_and_keys_that_are_too_large() {
        RunningDatabase database =
                start(new PlanLimits(NONE, NONE, NONE, NONE, NONE, NONE, Limit.of(100_000)), Eviction.DISABLED);
        try (RespClient client = RespClient.login(database.url(MAD, Vantage.beside()))) {
            assertThat(client.ask("SET", "key", "x".repeat(100_001)))
                    .isEqualTo("-ERR max single record size exceeded ");
            assertThat(client.ask("SET", "k".repeat(40_000), "x"))
                    .isEqualTo("-ERR max key size exceeded. Limit: 32768 bytes, Actual: 40000 bytes ");
            assertThat(client.ask("MSET", "a", "b", "k".repeat(40_000), "x")).startsWith("-ERR max key size exceeded");
            assertThat(client.ask("SET", "key", "x".repeat(100_000))).isEqualTo("+OK ");
        }
    }

    private RunningDatabase start(PlanLimits limits, Eviction eviction, Region... readRegions) {
        return plane.start(TestDatabases.limited(limits, eviction, readRegions));
    }

    private static PlanLimits data(long bytes) {
        return new PlanLimits(Limit.of(bytes), NONE, NONE, NONE, NONE, NONE, NONE);
    }

    /** Writes values of 1000 bytes until one is refused or there are as many; returns the last answer. */
    private static String fill(RespClient client, String prefix, int most) {
        String answer = "";
        for (int i = 0; i < most; i++) {
            answer = client.ask("SET", prefix + i, "x".repeat(1_000));
            if (!answer.equals("+OK ")) {
                return answer;
            }
        }
        return answer;
    }

    private static int volatileKeys(RespClient client) {
        String info = client.ask("INFO", "keyspace");
        int at = info.indexOf("expires=") + "expires=".length();
        return Integer.parseInt(info.substring(at, info.indexOf(',', at)));
    }

    private static String[] command(String name, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(arguments);
        return words.toArray(String[]::new);
    }
}
