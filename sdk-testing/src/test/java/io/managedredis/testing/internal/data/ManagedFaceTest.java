package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static io.managedredis.testing.internal.data.TestDatabases.MAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Region;
import io.managedredis.testing.Distances;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.RunningDatabase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedFaceTest {

    private final LocalDataPlane plane =
            LocalDataPlane.create(DataPlaneOptions.defaults().with(Distances.none()));
    private final RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));

    @AfterEach
    void close() {
        plane.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_say_of_commands_that_the_service_lacks_that_they_are_not_available(String region) {
        try (RespClient client = RespClient.login(database.url(Region.of(region), Vantage.beside()))) {
            for (String name : List.of(
                    "ROLE",
                    "REPLICAOF",
                    "PSYNC",
                    "CLUSTER",
                    "SLOWLOG",
                    "LATENCY",
                    "OBJECT",
                    "SORT",
                    "MOVE",
                    "SWAPDB",
                    "MIGRATE",
                    "LCS",
                    "SSUBSCRIBE",
                    "SPUBLISH",
                    "SAVE",
                    "BGSAVE",
                    "DEBUG",
                    "MODULE",
                    "SHUTDOWN")) {
                assertThat(client.ask(name, "a", "b"))
                        .startsWith("-ERR Command is not available: '" + name + "'. See ");
                assertThat(client.sendRaw(name.toLowerCase() + " x\r\n").read())
                        .startsWith("-ERR Command is not available: '" + name + "'");
            }
            for (String call :
                    List.of("CLIENT KILL", "CLIENT PAUSE", "CLIENT TRACKING", "MEMORY DOCTOR", "CONFIG REWRITE")) {
                assertThat(client.ask((call + " x").split(" ")))
                        .startsWith("-ERR Command is not available: '" + call + "'");
            }
            assertThat(client.ask("MEMORY", "USAGE", "none")).isEqualTo("$-1 ");
            assertThat(client.ask("CLIENT", "SETNAME", "me")).isEqualTo("+OK ");
            assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo("$2 me ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_fail_a_transaction_that_has_a_command_that_is_not_available(String region) {
        try (RespClient client = RespClient.login(database.url(Region.of(region), Vantage.beside()))) {
            client.send("MULTI")
                    .send("SET", "a", "1")
                    .send("SLOWLOG", "GET")
                    .send("SET", "b", "1")
                    .send("EXEC");
            assertThat(client.read()).isEqualTo("+OK ");
            assertThat(client.read()).isEqualTo("+QUEUED ");
            assertThat(client.read()).startsWith("-ERR Command is not available");
            assertThat(client.read()).isEqualTo("+QUEUED ");
            assertThat(client.read()).startsWith("-EXECABORT");
            assertThat(client.ask("EXISTS", "a", "b")).isEqualTo(":0 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_show_what_the_service_shows_of_itself(String region) {
        try (RespClient client = RespClient.login(database.url(Region.of(region), Vantage.beside()))) {
            assertThat(client.ask("COMMAND")).isEqualTo("*0 ");
            assertThat(headings(client.ask("INFO")))
                    .containsExactly("# Server", "# Clients", "# Memory", "# Stats", "# Cluster", "# Keyspace");
            assertThat(headings(client.ask("INFO", "everything"))).hasSize(6);
            assertThat(client.ask("INFO", "replication")).isEqualTo("$15 # Replication  ");
            assertThat(client.ask("INFO", "memory")).contains("used_memory:");
            assertThat(client.ask("SELECT", "0")).isEqualTo("+OK ");
            assertThat(client.ask("SELECT", "1")).isEqualTo("-ERR DB index is out of range ");
            assertThat(client.ask("CONFIG", "GET", "maxmemory")).isEqualTo("*0 ");
            assertThat(client.ask("CONFIG", "GET", "*")).isEqualTo("*2 $22 notify-keyspace-events $0  ");
            assertThat(client.ask("CONFIG", "SET", "maxmemory", "1")).startsWith("-ERR Unknown option");
            assertThat(client.ask("HELLO", "3")).contains("$4 role $6 master ");
            assertThat(client.ask("CONFIG", "GET", "maxmemory")).isEqualTo("%0 ");
        }
    }

    @Test
    void should_notify_of_events_in_every_region_once_switched_on() {
        try (RespClient primary = RespClient.login(database.url(MAD, Vantage.beside()));
                RespClient subscriber = RespClient.login(database.url(AMS, Vantage.beside()))) {
            assertThat(primary.ask("CONFIG", "SET", "notify-keyspace-events", "KEA"))
                    .isEqualTo("+OK ");
            subscriber.ask("SUBSCRIBE", "__keyspace@0__:key");

            primary.ask("SET", "key", "value");

            assertThat(subscriber.read()).isEqualTo("*3 $7 message $18 __keyspace@0__:key $3 set ");
        }
    }

    private static List<String> headings(String info) {
        return Arrays.stream(info.split("  ?(?=# )"))
                .filter(part -> part.startsWith("# "))
                .map(part -> part.split(" (?=[a-z])")[0].strip())
                .toList();
    }
}
