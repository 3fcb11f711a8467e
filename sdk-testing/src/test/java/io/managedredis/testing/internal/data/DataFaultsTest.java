package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static io.managedredis.testing.internal.data.TestDatabases.MAD;
import static io.managedredis.testing.internal.data.TestDatabases.NRT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.DatabaseSpec;
import io.managedredis.RedisUrl;
import io.managedredis.testing.Distances;
import io.managedredis.testing.Face;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.ConnectionBlackHoled;
import io.managedredis.testing.fault.ConnectionCut;
import io.managedredis.testing.fault.DataFault;
import io.managedredis.testing.fault.PasswordRejected;
import io.managedredis.testing.fault.RegionDown;
import io.managedredis.testing.fault.RegionSlow;
import io.managedredis.testing.fault.ReplicationPaused;
import io.managedredis.testing.fault.ReplicationSlow;
import io.managedredis.testing.internal.RunningDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataFaultsTest {

    private final LocalDataPlane plane =
            LocalDataPlane.create(DataPlaneOptions.defaults().with(Face.REDIS).with(Distances.none()));
    private final RunningDatabase database = plane.start(TestDatabases.unlimited(AMS, NRT));
    private final RedisUrl mad = database.url(MAD, Vantage.beside());
    private final RedisUrl ams = database.url(AMS, Vantage.beside());
    private final RedisUrl nrt = database.url(NRT, Vantage.beside());

    @AfterEach
    void close() {
        plane.close();
    }

    @Test
    void should_cut_and_refuse_connections_to_a_region_that_is_down() {
        try (RespClient before = RespClient.login(ams);
                RespClient elsewhere = RespClient.login(nrt)) {
            ActiveFault fault = plane.inject(RegionDown.in("ams"));

            assertThat(before.isClosedByServer()).isTrue();
            try (RespClient refused = RespClient.connect(ams)) {
                assertThat(refused.isClosedByServer()).isTrue();
            }
            assertThat(elsewhere.ask("SET", "key", "value")).isEqualTo("+OK ");
            try (RespClient rerouted = RespClient.login(database.url(Vantage.from("ams")))) {
                assertThat(rerouted.ask("GET", "key")).isEqualTo("$5 value ");
            }

            fault.close();
            fault.close();

            try (RespClient after = RespClient.login(ams)) {
                await().until(() -> after.ask("GET", "key").equals("$5 value "));
            }
        }
    }

    @Test
    void should_go_on_reading_elsewhere_when_the_primarys_region_is_down() {
        try (RespClient reader = RespClient.login(ams);
                RespClient writer = RespClient.login(nrt);
                RespClient primary = RespClient.login(mad)) {
            primary.ask("SET", "key", "value");
            primary.ask("WAIT", "2", "0");
            assertThat(reader.ask("GET", "key")).isEqualTo("$5 value ");
            ActiveFault fault = plane.inject(RegionDown.in("mad"));

            assertThat(primary.isClosedByServer()).isTrue();
            assertThat(reader.ask("GET", "key")).isEqualTo("$5 value ");
            writer.send("SET", "key", "other");
            assertThat(writer.isClosedByServer()).isTrue();
            try (RespClient single = RespClient.login(database.url(Vantage.beside()))) {
                assertThat(single.ask("GET", "key")).isEqualTo("$5 value ");
            }

            fault.close();

            assertThat(reader.ask("SET", "key", "other")).isEqualTo("+OK ");
        }
    }

    @Test
    void should_cut_connections_once() {
        try (RespClient concerned = RespClient.login(ams);
                RespClient other = RespClient.login(nrt);
                ActiveFault fault = plane.inject(ConnectionCut.in("ams"))) {
            assertThat(concerned.isClosedByServer()).isTrue();
            assertThat(other.ask("PING")).isEqualTo("+PONG ");
            try (RespClient again = RespClient.login(ams)) {
                assertThat(again.ask("PING")).isEqualTo("+PONG ");
            }
            assertThat(fault.fault()).isEqualTo(ConnectionCut.in("ams"));
        }
    }

    @Test
    void should_let_nothing_through_a_black_hole_until_it_ends() {
        try (RespClient concerned = RespClient.login(ams);
                RespClient other = RespClient.login(nrt)) {
            ActiveFault fault = plane.inject(ConnectionBlackHoled.in("ams"));
            concerned.send("SET", "key", "value");
            for (int i = 0; i < 100; i++) {
                assertThat(other.ask("EXISTS", "key")).isEqualTo(":0 ");
            }

            fault.close();

            assertThat(concerned.read()).isEqualTo("+OK ");
        }
    }

    @Test
    void should_keep_a_replica_behind_while_replication_is_paused() {
        try (RespClient primary = RespClient.login(mad);
                RespClient reader = RespClient.login(ams);
                RespClient writer = RespClient.login(ams)) {
            primary.ask("SET", "key", "old");
            primary.ask("WAIT", "2", "0");
            ActiveFault fault = plane.inject(ReplicationPaused.in("ams"));

            assertThat(writer.ask("SET", "key", "new")).isEqualTo("+OK ");
            // The connection that wrote reads what it wrote; another one is behind.
            assertThat(writer.ask("GET", "key")).isEqualTo("$3 new ");
            assertThat(reader.ask("GET", "key")).isEqualTo("$3 old ");
            primary.ask("SET", "other", "value");
            assertThat(primary.ask("WAIT", "2", "10")).isEqualTo(":1 ");

            fault.close();

            await().until(() -> reader.ask("GET", "key").equals("$3 new "));
        }
    }

    @Test
    void should_replicate_later_while_replication_is_slow() {
        try (RespClient primary = RespClient.login(mad);
                RespClient reader = RespClient.login(ams);
                ActiveFault fault = plane.inject(ReplicationSlow.in("ams", Duration.ofMillis(150))
                        .jitter(Duration.ofMillis(20))
                        .on(DatabaseId.of("test")))) {
            long written = System.nanoTime();
            primary.ask("SET", "key", "value");
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> reader.ask("GET", "key").equals("$5 value "));

            assertThat(System.nanoTime() - written)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(149).toNanos());
            assertThat(fault.fault()).isInstanceOf(ReplicationSlow.class);
        }
    }

    @Test
    void should_take_longer_to_and_from_a_slow_region() {
        try (RespClient client = RespClient.login(ams);
                RespClient other = RespClient.login(nrt)) {
            try (ActiveFault fault = plane.inject(RegionSlow.in("ams", Duration.ofMillis(50)))) {
                long start = System.nanoTime();
                assertThat(client.ask("PING")).isEqualTo("+PONG ");
                assertThat(System.nanoTime() - start)
                        .isGreaterThanOrEqualTo(Duration.ofMillis(98).toNanos());
                assertThat(other.ask("PING")).isEqualTo("+PONG ");
                assertThat(fault.fault().toString()).contains("ams");
            }
        }
    }

    @Test
    void should_refuse_the_right_password_while_it_is_rejected() {
        String password = TestDatabases.PASSWORD.reveal();
        try (RespClient before = RespClient.login(ams);
                RespClient client = RespClient.connect(ams)) {
            ActiveFault fault = plane.inject(PasswordRejected.everywhere());

            assertThat(client.ask("AUTH", password)).startsWith("-WRONGPASS");
            assertThat(client.ask("HELLO", "3", "AUTH", "default", password)).startsWith("-WRONGPASS");
            assertThat(before.ask("SET", "key", "value")).isEqualTo("+OK ");

            fault.close();

            assertThat(client.ask("AUTH", password)).isEqualTo("+OK ");
        }
    }

    @Test
    void should_be_started_from_the_service() {
        try (LocalManagedRedis service =
                LocalManagedRedis.builder().distances(Distances.none()).start()) {
            Database created = service.create(DatabaseSpec.named("carts")
                    .primaryRegion("mad")
                    .readRegions("ams")
                    .build());
            RedisUrl url = service.url(created, Vantage.from("ams"));
            try (RespClient client = RespClient.login(url)) {
                assertThat(client.ask("SET", "key", "value")).isEqualTo("+OK ");
                try (ActiveFault fault = service.inject(ConnectionCut.in("ams").on(created.id()))) {
                    assertThat(client.isClosedByServer()).isTrue();
                    assertThat(fault.fault()).isInstanceOf(DataFault.class);
                }
            }
        }
    }

    @Test
    void should_apply_to_databases_that_are_started_later_and_only_to_the_one_named() {
        try (ActiveFault everywhere = plane.inject(RegionDown.in("ams"));
                ActiveFault named = plane.inject(RegionDown.in("nrt").on(DatabaseId.of("another")))) {
            RunningDatabase later = plane.start(TestDatabases.unlimited(AMS, NRT));
            try (RespClient refused = RespClient.connect(later.url(AMS, Vantage.beside()));
                    RespClient fine = RespClient.login(later.url(NRT, Vantage.beside()))) {
                assertThat(refused.isClosedByServer()).isTrue();
                assertThat(fine.ask("SET", "key", "value")).isEqualTo("+OK ");
            }
            assertThat(List.of(everywhere.fault(), named.fault())).doesNotHaveDuplicates();
        }
    }
}
