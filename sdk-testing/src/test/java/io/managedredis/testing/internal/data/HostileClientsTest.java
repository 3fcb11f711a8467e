package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static io.managedredis.testing.internal.data.TestDatabases.MAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.managedredis.Region;
import io.managedredis.testing.Distances;
import io.managedredis.testing.Face;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.RunningDatabase;
import java.io.UncheckedIOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileClientsTest {

    private final LocalDataPlane plane =
            LocalDataPlane.create(DataPlaneOptions.defaults().with(Face.REDIS).with(Distances.none()));
    private final RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));

    @AfterEach
    void close() {
        plane.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void should_survive_random_bytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            Region region = i % 2 == 0 ? MAD : AMS;
            try (RespClient client = i % 3 == 0
                    ? RespClient.connect(database.url(region, Vantage.beside()))
                    : RespClient.login(database.url(region, Vantage.beside()))) {
                byte[] noise = new byte[random.nextInt(3_000)];
                random.nextBytes(noise);
                if (i % 5 == 0) {
                    client.sendRaw("*" + random.nextInt(9) + "\r\n$" + random.nextInt(9) + "\r\n");
                }
                client.sendRaw(noise);
                client.sendRaw("\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n");
            } catch (UncheckedIOException closedEarlier) {
                continue;
            }
        }
        assertWorks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "$", "GET ", "*3\r\n$3\r\nSET\r\n$", "*1", "\"", "*2\r\n$4\r\nAUTH\r\n$3"})
    void should_end_connections_that_send_an_endless_line(String beginning) {
        for (Region region : new Region[] {MAD, AMS}) {
            try (RespClient client = RespClient.login(database.url(region, Vantage.beside()))) {
                client.sendRaw(beginning);
                boolean closed = false;
                for (int i = 0; i < 10_000 && !closed; i++) {
                    try {
                        client.sendRaw("1".repeat(10_000));
                    } catch (UncheckedIOException reset) {
                        closed = true;
                    }
                }
                assertThat(closed).isTrue();
            }
        }
        assertWorks();
    }

    @Test
    void should_not_reserve_memory_for_what_is_only_announced() {
        RespClient[] clients = new RespClient[50];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = RespClient.login(database.url(i % 2 == 0 ? MAD : AMS, Vantage.beside()));
            clients[i].sendRaw("*2000000000\r\n$3\r\nDEL\r\n$500000000\r\nx");
        }
        assertWorks();
        for (RespClient client : clients) {
            client.close();
        }
    }

    @Test
    void should_refuse_large_requests_of_clients_that_have_not_authenticated() {
        try (RespClient many = RespClient.connect(database.url(AMS, Vantage.beside()));
                RespClient large = RespClient.connect(database.url(AMS, Vantage.beside()))) {
            assertThat(many.sendRaw("*11\r\n").read())
                    .isEqualTo("-ERR Protocol error: unauthenticated multibulk length ");
            assertThat(many.isClosedByServer()).isTrue();
            assertThat(large.sendRaw("*2\r\n$4\r\nAUTH\r\n$16385\r\n").read())
                    .isEqualTo("-ERR Protocol error: unauthenticated bulk length ");
            assertThat(large.isClosedByServer()).isTrue();
        }
    }

    @Test
    void should_wait_for_readers_that_are_slow_and_give_them_everything() {
        try (RespClient client = RespClient.login(database.url(AMS, Vantage.beside()));
                RespClient other = RespClient.login(database.url(AMS, Vantage.beside()))) {
            String value = "x".repeat(1 << 20);
            client.ask("SET", "key", value);
            for (int i = 0; i < 100; i++) {
                client.send("GET", "key");
            }
            // 100 MB are due and nobody reads them; others are served.
            for (int i = 0; i < 1_000; i++) {
                assertThat(other.ask("ECHO", "x")).isEqualTo("$1 x ");
            }
            for (int i = 0; i < 100; i++) {
                assertThat(client.readRaw()).hasSize(value.length() + "$1048576\r\n".length() + 2);
            }
        }
    }

    @Test
    void should_forget_clients_that_leave_in_the_middle() {
        for (int i = 0; i < 100; i++) {
            RespClient client = RespClient.login(database.url(i % 2 == 0 ? MAD : AMS, Vantage.beside()));
            switch (i % 4) {
                case 0 -> client.send("BLPOP", "none", "0");
                case 1 -> client.send("MULTI").send("SET", "a", "1");
                case 2 -> client.send("SUBSCRIBE", "channel");
                default -> client.sendRaw("*3\r\n$3\r\nSET\r\n$100000\r\nhalf");
            }
            client.close();
        }
        await().until(() -> database.usage().orElseThrow().connections() == 0);
        try (RespClient client = RespClient.login(database.url(MAD, Vantage.beside()))) {
            await().until(() -> client.ask("INFO", "clients").contains("blocked_clients:0"));
        }
        assertWorks();
    }

    private void assertWorks() {
        for (Region region : new Region[] {MAD, AMS}) {
            try (RespClient client = RespClient.login(database.url(region, Vantage.beside()))) {
                assertThat(client.ask("SET", "works", region.code())).isEqualTo("+OK ");
                assertThat(client.ask("GET", "works")).isEqualTo("$3 " + region.code() + " ");
            }
        }
    }
}
