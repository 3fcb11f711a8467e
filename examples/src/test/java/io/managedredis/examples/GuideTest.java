package io.managedredis.examples;

import static io.managedredis.lettuce.Consistency.EVENTUAL;
import static io.managedredis.testing.LocalManagedRedis.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.SetArgs;
import io.lettuce.core.protocol.CommandType;
import io.managedredis.ChangeSet;
import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.ManagedRedisClient;
import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.lease.DatabaseLease;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.RoutePlan;
import io.managedredis.lettuce.TopologySource;
import io.managedredis.lettuce.error.AllEndpointsFailedException;
import io.managedredis.lettuce.error.ServiceLimitException;
import io.managedredis.lettuce.error.WriteOutcomeUnknownException;
import io.managedredis.testing.Distances;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.MovableClock;
import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.RegionDown;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The code of the README's sections. */
class GuideTest {

    private static LocalManagedRedis service;
    private static ManagedRedisClient client;

    @BeforeAll
    static void start() {
        service = LocalManagedRedis.start();
        client = service.client(from("ams"));
    }

    @AfterAll
    static void close() {
        client.close();
        service.close();
    }

    @Test
    void should_manage_databases() {
        DatabaseSpec spec = DatabaseSpec.named("ledger")
                .primaryRegion("mad")
                .readRegions("ams")
                .plan(PlanId.of("200MB"))
                .build();
        client.databases().create(spec);

        Database ledger = client.databases().find("ledger").orElseThrow();
        ChangeSet changes = client.databases().diff(ledger.id(), update -> update.addReadRegions("nrt"));
        // "changes" says what would be changed and what that would cost a month; nothing has happened yet.
        ledger = client.databases().update(ledger.id(), update -> update.addReadRegions("nrt"));
        List<Database> ours = client.databases().list().toList();
        client.databases().delete(ledger.id());

        assertThat(changes.isEmpty()).isFalse();
        assertThat(ledger.readRegions()).extracting(Region::code).containsExactly("ams", "nrt");
        assertThat(ours).contains(ledger);
        assertThat(client.databases().find("ledger")).isEmpty();
    }

    @Test
    void should_lease_a_database() {
        DatabaseSpec spec = DatabaseSpec.named("load-test").primaryRegion("mad").build();
        Database leased;
        try (DatabaseLease lease = client.databases().lease(spec, Duration.ofMinutes(30))) {
            leased = lease.database(); // deleted at the end; should this process die, sweep() finds it after 30 minutes
            assertThat(leased.isReady()).isTrue();
        }
        client.databases().sweep();

        assertThat(client.databases().find(leased.name())).isEmpty();
    }

    @Test
    void should_choose_the_consistency_of_a_call() {
        try (RegionalRedis redis = redis("choice", "ams");
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("cart:7", "3");
            String own = connection.sync().get("cart:7"); // "3", always
            String any = connection.reading(EVENTUAL).sync().get("cart:7"); // what the replica has
            String recent = connection
                    .reading(Consistency.atMost(Duration.ofSeconds(1)))
                    .sync()
                    .get("cart:7"); // at most a second old

            assertThat(own).isEqualTo("3");
            assertThat(any).isIn("3", null);
            assertThat(recent).isIn("3", null);
        }
    }

    @Test
    void should_carry_read_your_writes_to_another_process() {
        try (RegionalRedis one = redis("travel", "nrt");
                RegionalRedis other = redis("travel", "ams");
                RegionalConnection<String, String> here = one.connect();
                RegionalConnection<String, String> there = other.connect()) {
            here.sync().set("cart:7", "3");
            String token = here.sessionToken(); // goes into a cookie

            there.resume(token); // in the process that serves the next request
            assertThat(there.sync().get("cart:7")).isEqualTo("3");
        }
    }

    @Test
    void should_explain_where_a_command_goes() {
        try (RegionalRedis redis = redis("explained", "ams");
                RegionalConnection<String, String> connection = redis.connect()) {
            RoutePlan plan = connection.explain(CommandType.SET, "cart:7");
            assertThat(plan).hasToString("SET goes to mad: it changes data");
        }
    }

    @Test
    void should_handle_what_can_go_wrong() {
        try (RegionalRedis redis = redis("errors", "ams");
                RegionalConnection<String, String> connection = redis.connect()) {
            assertThat(reserve(connection, "seat:12")).isTrue();
            assertThat(reserve(connection, "seat:12")).isFalse();
        }
    }

    private static boolean reserve(RegionalConnection<String, String> connection, String seat) {
        try {
            return "OK".equals(connection.sync().set(seat, "taken", SetArgs.Builder.nx()));
        } catch (WriteOutcomeUnknownException lost) {
            // The socket broke before the answer: it may have happened. Look, do not repeat blindly.
            return connection.sync().get(seat) != null;
        } catch (ServiceLimitException limit) {
            throw limit.isRetryable() ? new IllegalStateException("busy, try again", limit) : limit;
        } catch (AllEndpointsFailedException away) {
            throw new IllegalStateException("no region answers", away); // its message has the error of each
        }
    }

    @Test
    void should_ensure_though_an_answer_is_lost() {
        DatabaseSpec spec = DatabaseSpec.named("patient").primaryRegion("mad").build();
        Database database = ensured(spec);

        assertThat(database.isReady()).isTrue();
    }

    private static Database ensured(DatabaseSpec spec) {
        try {
            return client.databases().ensure(spec).database();
        } catch (UnknownOutcomeException unknown) {
            // Asking again is safe: one name never becomes two databases.
            return client.databases().ensure(spec).database();
        } catch (ManagedRedisException refused) {
            throw new IllegalStateException("cannot start without a database", refused);
        }
    }

    @Test
    void should_survive_the_loss_of_the_local_region() {
        try (LocalManagedRedis world = LocalManagedRedis.builder()
                        .distances(Distances.greatCircle())
                        .clock(MovableClock.system())
                        .start();
                ManagedRedisClient management = world.client(from("ams"))) {
            Database carts = management
                    .databases()
                    .define("carts")
                    .primaryRegion("mad")
                    .readRegions("ams")
                    .create();
            try (RegionalRedis redis = RegionalRedis.builder()
                            .topology(TopologySource.of(carts))
                            .localRegion(Region.of("ams"))
                            .build();
                    RegionalConnection<String, String> connection = redis.connect()) {
                connection.sync().set("cart:7", "3");

                ActiveFault fault = world.inject(RegionDown.in("ams").on(carts.id()));
                assertThat(connection.sync().get("cart:7")).isEqualTo("3"); // mad answers
                fault.close();
            }
        }
    }

    @Test
    void should_refuse_what_cannot_be_kept() {
        assertThatThrownBy(() -> RegionalRedis.builder().build()).hasMessageContaining("TopologySource");
    }

    private static RegionalRedis redis(String name, String region) {
        DatabaseSpec spec = DatabaseSpec.named(name)
                .primaryRegion("mad")
                .readRegions("ams", "nrt")
                .build();
        Database database = client.databases().ensure(spec).database();
        return RegionalRedis.builder()
                .topology(TopologySource.of(service.endpoints(database, from(region))))
                .localRegion(Region.of(region))
                .build();
    }
}
