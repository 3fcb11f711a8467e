package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static io.managedredis.testing.internal.data.TestDatabases.MAD;
import static io.managedredis.testing.internal.data.TestDatabases.NRT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.managedredis.Eviction;
import io.managedredis.Limit;
import io.managedredis.Region;
import io.managedredis.Secret;
import io.managedredis.testing.Distances;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.PlanLimits;
import io.managedredis.testing.internal.RunningDatabase;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangesUnderLoadTest {

    private static final Region SIN = Region.of("sin");

    private final LocalDataPlane plane =
            LocalDataPlane.create(DataPlaneOptions.defaults().with(Distances.none()));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean stop = new AtomicBoolean();

    @AfterEach
    void close() {
        stop.set(true);
        threads.shutdownNow();
        plane.close();
    }

    @Test
    void should_lose_no_command_of_connections_that_stay_while_everything_changes() throws Exception {
        RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));
        AtomicLong progress = new AtomicLong();
        List<CompletableFuture<Long>> writers = List.of(
                countUntilStopped(database, MAD, "mad", progress), countUntilStopped(database, AMS, "ams", progress));

        database.changeReadRegions(List.of(AMS, NRT, SIN));
        goOn(progress);
        database.changeLimits(new PlanLimits(
                Limit.of(100 << 20),
                Limit.of(100),
                Limit.of(100_000),
                Limit.unlimited(),
                Limit.unlimited(),
                Limit.of(1 << 20),
                Limit.unlimited()));
        goOn(progress);
        database.changeEviction(Eviction.ENABLED);
        goOn(progress);
        database.changeReadRegions(List.of(AMS, SIN));
        goOn(progress);
        database.changeLimits(TestDatabases.UNLIMITED);
        database.changeEviction(Eviction.DISABLED);
        goOn(progress);
        stop.set(true);

        try (RespClient check = RespClient.login(database.url(SIN, Vantage.beside()))) {
            for (int i = 0; i < writers.size(); i++) {
                long written = writers.get(i).get();
                String key = List.of("mad", "ams").get(i);
                String expected = "$" + Long.toString(written).length() + " " + written + " ";
                await().until(() -> check.ask("GET", key).equals(expected));
            }
        }
    }

    @Test
    void should_close_connections_of_a_removed_region_after_the_answers_in_flight() {
        RunningDatabase database = plane.start(TestDatabases.unlimited(AMS, NRT));
        try (RespClient leaving = RespClient.login(database.url(AMS, Vantage.beside()));
                RespClient staying = RespClient.login(database.url(NRT, Vantage.beside()))) {
            CompletableFuture<Long> counted = CompletableFuture.supplyAsync(
                    () -> {
                        long count = 0;
                        try {
                            while (leaving.ask("INCR", "counter").equals(":" + (count + 1) + " ")) {
                                count++;
                            }
                        } catch (UncheckedIOException closed) {
                            return count;
                        }
                        return -1L;
                    },
                    threads);
            await().until(() -> !staying.ask("GET", "counter").equals("$-1 "));

            database.changeReadRegions(List.of(NRT));

            long count = counted.join();
            // What was not answered may have been done, but nothing that was answered is lost.
            await().until(() -> {
                String value = staying.ask("GET", "counter").split(" ")[1];
                return Long.parseLong(value) == count || Long.parseLong(value) == count + 1;
            });
            assertThat(staying.ask("PING")).isEqualTo("+PONG ");
            assertThatThrownBy(() -> database.url(AMS, Vantage.beside())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void should_close_connections_with_the_old_password_and_accept_only_the_new_one() {
        RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));
        try (RespClient before = RespClient.login(database.url(AMS, Vantage.beside()));
                RespClient unauthenticated = RespClient.connect(database.url(AMS, Vantage.beside()))) {
            before.ask("SET", "key", "value");
            assertThat(unauthenticated.ask("PING")).startsWith("-NOAUTH");
            database.changePassword(Secret.of("another"));

            assertThat(before.isClosedByServer()).isTrue();
            try (RespClient old = RespClient.connect(database.url(AMS, Vantage.beside()));
                    RespClient after = RespClient.login(database.url(AMS, Vantage.beside()))) {
                assertThat(old.ask("AUTH", TestDatabases.PASSWORD.reveal())).startsWith("-WRONGPASS");
                assertThat(after.ask("SET", "key", "other")).isEqualTo("+OK ");
            }
            assertThat(unauthenticated.isClosedByServer()).isTrue();
        }
    }

    private CompletableFuture<Long> countUntilStopped(
            RunningDatabase database, Region region, String key, AtomicLong progress) {
        RespClient client = RespClient.login(database.url(region, Vantage.beside()));
        return CompletableFuture.supplyAsync(
                () -> {
                    try (client) {
                        long count = 0;
                        while (!stop.get()) {
                            count++;
                            String value = Long.toString(count);
                            assertThat(client.ask("INCR", key)).isEqualTo(":" + value + " ");
                            assertThat(client.ask("GET", key)).isEqualTo("$" + value.length() + " " + value + " ");
                            progress.incrementAndGet();
                        }
                        return count;
                    }
                },
                threads);
    }

    private static void goOn(AtomicLong progress) {
        long before = progress.get();
        await().until(() -> progress.get() > before + 20);
    }
}
