package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static io.managedredis.testing.internal.data.TestDatabases.MAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.managedredis.RedisUrl;
import io.managedredis.testing.Distances;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.RunningDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bytes take at least the distance; how much more is up to the machine, and not looked at. */
class DistanceTest {

    private static final Duration ROUND_TRIP = Duration.ofMillis(80);

    private final LocalDataPlane plane = LocalDataPlane.create(DataPlaneOptions.defaults()
            .with(Distances.table().between(MAD, AMS, ROUND_TRIP).otherwise(Distances.none())));
    private final RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));

    @AfterEach
    void close() {
        plane.close();
    }

    @Test
    void should_take_the_distance_from_the_vantage_to_the_region() {
        assertThat(time(database.url(MAD, Vantage.from("ams")), "PING")).isGreaterThanOrEqualTo(ROUND_TRIP);
        assertThat(time(database.url(AMS, Vantage.from("mad")), "PING")).isGreaterThanOrEqualTo(ROUND_TRIP);
    }

    @Test
    void should_take_the_distance_to_the_primary_for_writes_at_a_replica() {
        assertThat(time(database.url(AMS, Vantage.from("ams")), "SET", "key", "value"))
                .isGreaterThanOrEqualTo(ROUND_TRIP);
        assertThat(time(database.url(AMS, Vantage.from("mad")), "SET", "key", "value"))
                .isGreaterThanOrEqualTo(ROUND_TRIP.multipliedBy(2));
    }

    @Test
    void should_answer_a_pipeline_in_one_round_trip() {
        RedisUrl url = database.url(MAD, Vantage.from("ams"));
        try (RespClient client = RespClient.login(url)) {
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                client.send("INCR", "counter");
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(client.read()).isEqualTo(":" + (i + 1) + " ");
            }
            // One after the other they would take 80 seconds.
            assertThat(System.nanoTime() - start)
                    .isBetween(
                            ROUND_TRIP.toNanos(), ROUND_TRIP.multipliedBy(500).toNanos());
        }
    }

    @Test
    void should_replicate_no_sooner_than_the_distance() {
        try (RespClient primary = RespClient.login(database.url(MAD, Vantage.beside()));
                RespClient replica = RespClient.login(database.url(AMS, Vantage.beside()))) {
            long start = System.nanoTime();
            primary.ask("SET", "key", "value");
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> replica.ask("GET", "key").equals("$5 value "));
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(ROUND_TRIP.toNanos() / 2);
        }
    }

    private static Duration time(RedisUrl url, String... words) {
        try (RespClient client = RespClient.login(url)) {
            long start = System.nanoTime();
            client.ask(words);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
