package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static io.managedredis.testing.internal.data.TestDatabases.MAD;
import static io.managedredis.testing.internal.data.TestDatabases.NRT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.managedredis.RedisUrl;
import io.managedredis.testing.Distances;
import io.managedredis.testing.Face;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.fault.ReplicationPaused;
import io.managedredis.testing.internal.RunningDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalDataPlaneTest {

    private final LocalDataPlane plane =
            LocalDataPlane.create(DataPlaneOptions.defaults().with(Face.REDIS).with(Distances.none()));

    @AfterEach
    void close() {
        plane.close();
    }

    @Test
    void should_answer_reads_and_writes_at_the_primary() {
        RunningDatabase database = plane.start(TestDatabases.unlimited());
        try (RespClient client = RespClient.login(database.url(MAD, Vantage.beside()))) {
            assertThat(client.ask("SET", "key", "value")).isEqualTo("+OK ");
            assertThat(client.ask("GET", "key")).isEqualTo("$5 value ");
        }
    }

    @Test
    void should_forward_writes_from_a_replica_and_read_them_back() {
        RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));
        try (RespClient replica = RespClient.login(database.url(AMS, Vantage.beside()));
                RespClient primary = RespClient.login(database.url(MAD, Vantage.beside()))) {
            for (int i = 0; i < 200; i++) {
                assertThat(replica.ask("INCR", "counter")).isEqualTo(":" + (i + 1) + " ");
                assertThat(primary.ask("GET", "counter"))
                        .isEqualTo("$" + ("" + (i + 1)).length() + " " + (i + 1) + " ");
                assertThat(replica.ask("GET", "counter"))
                        .isEqualTo("$" + ("" + (i + 1)).length() + " " + (i + 1) + " ");
            }
            assertThat(primary.ask("SET", "other", "x")).isEqualTo("+OK ");
            await().until(() -> replica.ask("GET", "other").equals("$1 x "));
        }
    }

    @Test
    void should_keep_the_order_of_a_pipeline_over_both_servers() {
        RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));
        try (RespClient client = RespClient.login(database.url(AMS, Vantage.beside()))) {
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 1_000; i++) {
                    client.send("GET", "missing" + i)
                            .send("SET", "key" + i, round + "-" + i)
                            .send("ECHO", "e" + i)
                            .send("GET", "key" + i);
                }
                for (int i = 0; i < 1_000; i++) {
                    String value = round + "-" + i;
                    assertThat(client.read()).isEqualTo("$-1 ");
                    assertThat(client.read()).isEqualTo("+OK ");
                    assertThat(client.read()).isEqualTo("$" + ("e" + i).length() + " e" + i + " ");
                    assertThat(client.read()).isEqualTo("$" + value.length() + " " + value + " ");
                }
            }
        }
    }

    @Test
    void should_lead_the_single_address_to_the_nearest_region() {
        try (LocalDataPlane distant =
                LocalDataPlane.create(DataPlaneOptions.defaults().with(Face.REDIS))) {
            RunningDatabase database = distant.start(TestDatabases.unlimited(AMS, NRT));
            // Each server is made to hold something of its own, to be told apart.
            try (RespClient primary = RespClient.login(database.url(MAD, Vantage.beside()))) {
                primary.ask("SET", "where", "everywhere");
                primary.ask("WAIT", "2", "0");
                distant.inject(ReplicationPaused.in("nrt"));
                primary.ask("SET", "where", "mad and ams");
                primary.ask("WAIT", "1", "0");
                distant.inject(ReplicationPaused.in("ams"));
                primary.ask("SET", "where", "mad");
            }

            assertThat(readFrom(database, Vantage.beside())).isEqualTo("$3 mad ");
            assertThat(readFrom(database, Vantage.from("mad"))).isEqualTo("$3 mad ");
            assertThat(readFrom(database, Vantage.from("ams"))).isEqualTo("$11 mad and ams ");
            assertThat(readFrom(database, Vantage.from("fra"))).isEqualTo("$11 mad and ams ");
            assertThat(readFrom(database, Vantage.from("hkg"))).isEqualTo("$10 everywhere ");
            assertThat(readFrom(database, Vantage.from("eze"))).isEqualTo("$3 mad ");
        }
    }

    private static String readFrom(RunningDatabase database, Vantage vantage) {
        try (RespClient client = RespClient.login(database.url(vantage))) {
            return client.ask("GET", "where");
        }
    }

    @Test
    void should_show_clients_commands_to_a_monitor_and_not_the_services_own() {
        RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));
        try (RespClient monitor = RespClient.login(database.url(AMS, Vantage.beside()));
                RespClient client = RespClient.login(database.url(AMS, Vantage.beside()))) {
            client.ask("SET", "connected", "to the primary");
            assertThat(monitor.ask("MONITOR")).isEqualTo("+OK ");
            for (int i = 0; i < 50; i++) {
                client.ask("SET", "key", "value");
                client.ask("INCR", "counter");
                database.usage();
            }
            for (int i = 0; i < 50; i++) {
                assertThat(monitor.read()).endsWith("\"SET\" \"key\" \"value\" ");
                assertThat(monitor.read()).endsWith("\"INCR\" \"counter\" ");
            }
            assertThat(monitor.ask("RESET")).isEqualTo("+RESET ");
        }
    }

    @Test
    void should_refuse_a_region_that_the_database_is_not_in() {
        RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));

        assertThatThrownBy(() -> database.url(NRT, Vantage.beside()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nrt")
                .hasMessageContaining("ams");
    }

    @Test
    void should_give_the_same_address_each_time() {
        RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));

        assertThat(database.url(AMS, Vantage.from("ams"))).isEqualTo(database.url(AMS, Vantage.from("ams")));
        assertThat(database.url(AMS, Vantage.from("ams"))).isNotEqualTo(database.url(AMS, Vantage.from("mad")));
        assertThat(database.url(Vantage.from("ams"))).isEqualTo(database.url(Vantage.from("ams")));
    }

    @Test
    void should_leave_no_process_thread_or_port_when_closed() {
        RunningDatabase database = plane.start(TestDatabases.unlimited(AMS, NRT));
        List<RedisUrl> urls = List.of(
                database.url(MAD, Vantage.beside()),
                database.url(AMS, Vantage.beside()),
                database.url(Vantage.beside()));
        List<RespClient> clients = urls.stream().map(RespClient::login).toList();
        assertThat(redisChildren()).hasSize(3);

        plane.close();

        assertThat(redisChildren()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith(LocalDataPlane.THREAD_NAME) && thread.isAlive());
        assertThat(clients).allMatch(RespClient::isClosedByServer);
        assertThat(urls)
                .allSatisfy(url -> assertThatThrownBy(() -> RespClient.connect(url))
                        .hasRootCauseInstanceOf(java.net.ConnectException.class));
        clients.forEach(RespClient::close);
    }

    private static List<ProcessHandle> redisChildren() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").contains("redis-server"))
                .toList();
    }
}
