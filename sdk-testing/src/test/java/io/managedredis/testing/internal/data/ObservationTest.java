package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static io.managedredis.testing.internal.data.TestDatabases.MAD;
import static io.managedredis.testing.internal.data.TestDatabases.NRT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.managedredis.testing.Distances;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.ConnectionBlackHoled;
import io.managedredis.testing.fault.RegionDown;
import io.managedredis.testing.fault.RegionSlow;
import io.managedredis.testing.fault.ReplicationPaused;
import io.managedredis.testing.fault.ReplicationSlow;
import io.managedredis.testing.internal.Observation;
import io.managedredis.testing.internal.RunningDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObservationTest {

    private final LocalDataPlane plane = LocalDataPlane.create(DataPlaneOptions.defaults()
            .with(Distances.table().between(MAD, AMS, Duration.ofMillis(10)).otherwise(Distances.none())));
    private final RunningDatabase database = plane.start(TestDatabases.unlimited(AMS, NRT));

    @AfterEach
    void close() {
        plane.close();
    }

    @Test
    void should_count_commands_and_connections_in_the_region_that_clients_call() {
        try (RespClient atPrimary = RespClient.login(database.url(MAD, Vantage.beside()));
                RespClient atReplica = RespClient.login(database.url(AMS, Vantage.beside()))) {
            atPrimary.ask("SET", "key", "value");
            atReplica.ask("GET", "key");
            atReplica.ask("SET", "other", "value");
            atReplica.ask("PING");

            assertThat(region(0).region()).isEqualTo(MAD);
            assertThat(region(0).commands()).isEqualTo(1);
            assertThat(region(1).commands()).isEqualTo(2);
            assertThat(region(2).commands()).isZero();
            assertThat(region(1).connections()).isEqualTo(1);
            assertThat(region(2).connections()).isZero();
        }
    }

    @Test
    void should_tell_how_far_a_paused_replica_is_behind() {
        try (RespClient writer = RespClient.login(database.url(MAD, Vantage.beside()))) {
            ActiveFault paused = plane.inject(ReplicationPaused.in("nrt"));
            assertThat(writer.ask("SET", "key", "x".repeat(1_000))).isEqualTo("+OK ");

            assertThat(region(2).replication().paused()).isTrue();
            assertThat(region(2).replication().behindBytes().orElseThrow()).isGreaterThan(1_000);
            assertThat(region(1).replication().paused()).isFalse();

            paused.close();

            await().untilAsserted(() ->
                    assertThat(region(2).replication().behindBytes()).hasValue(0));
            assertThat(region(2).replication().paused()).isFalse();
        }
    }

    @Test
    void should_tell_round_trips_and_delays_with_the_faults_that_change_them() {
        plane.inject(RegionSlow.in("ams", Duration.ofMillis(20)));
        plane.inject(ReplicationSlow.in("ams", Duration.ofMillis(300)));

        assertThat(region(1).replication().delay()).isEqualTo(Duration.ofMillis(5 + 20 + 300));
        Observation.Caller inMadrid = caller(Vantage.from(MAD));
        assertThat(inMadrid.roundTrips()).containsEntry(AMS, Duration.ofMillis(10 + 2 * 20));
        assertThat(inMadrid.roundTrips()).containsEntry(MAD, Duration.ZERO);
    }

    @Test
    void should_tell_where_the_single_address_leads_from_wherever_it_was_asked_for() {
        database.url(Vantage.from("lhr"));

        assertThat(observed().callers())
                .extracting(Observation.Caller::vantage)
                .containsExactly(Vantage.from(MAD), Vantage.from(AMS), Vantage.from(NRT), Vantage.from("lhr"));
        assertThat(caller(Vantage.from(AMS)).leadsTo()).isEqualTo(AMS);

        plane.inject(RegionDown.in("ams"));

        assertThat(region(1).down()).isTrue();
        assertThat(region(1).replication().paused()).isTrue();
        assertThat(caller(Vantage.from(AMS)).leadsTo()).isNotEqualTo(AMS);
    }

    @Test
    void should_tell_which_regions_are_silent() {
        plane.inject(ConnectionBlackHoled.in("nrt"));

        assertThat(region(1).silent()).isFalse();
        assertThat(region(2).silent()).isTrue();
    }

    private Observation observed() {
        return database.observe().orElseThrow();
    }

    private Observation.Member region(int index) {
        return observed().regions().get(index);
    }

    private Observation.Caller caller(Vantage vantage) {
        return observed().callers().stream()
                .filter(caller -> caller.vantage().equals(vantage))
                .findFirst()
                .orElseThrow();
    }
}
