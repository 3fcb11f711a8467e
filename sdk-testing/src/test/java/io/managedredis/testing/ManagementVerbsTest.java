package io.managedredis.testing;

import static io.managedredis.testing.LocalManagedRedis.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.ChangeSet;
import io.managedredis.Database;
import io.managedredis.DatabaseFilter;
import io.managedredis.DatabaseSpec;
import io.managedredis.DatabaseStatistics;
import io.managedredis.Endpoints;
import io.managedredis.EnsureResult;
import io.managedredis.Eviction;
import io.managedredis.Limit;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Organization;
import io.managedredis.Plan;
import io.managedredis.PlanId;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.RegionInfo;
import io.managedredis.RegionalCacheSpec;
import io.managedredis.RegionalCaches;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.NotFoundException;
import io.managedredis.error.UnavailableException;
import io.managedredis.lease.DatabaseLease;
import io.managedredis.lease.SweepReport;
import io.managedredis.settings.RetrySettings;
import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.ApiAnswerLost;
import io.managedredis.testing.fault.ApiError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every verb of the management client, over HTTP, against the running service. */
class ManagementVerbsTest {

    private static final Region MAD = Region.of("mad");
    private static final Region AMS = Region.of("ams");
    private static final Region NRT = Region.of("nrt");

    private static final MovableClock CLOCK = MovableClock.system();
    private static LocalManagedRedis service;
    private static ManagedRedisClient acme;
    private static ManagedRedisClient globex;

    @BeforeAll
    static void start() {
        service = LocalManagedRedis.builder()
                .organizations("acme", "globex")
                .distances(Distances.none())
                .excludedRegions("jnb")
                .maxPageSize(2)
                .clock(CLOCK)
                .start();
        acme = service.client("acme", Vantage.beside());
        globex = service.client("globex", Vantage.beside());
    }

    @AfterAll
    static void stop() {
        acme.close();
        globex.close();
        service.close();
    }

    @AfterEach
    void delete() {
        service.databases().forEach(database -> service.delete(database.id()));
    }

    @Test
    void should_create_get_find_list_and_delete() {
        Database created = acme.databases().create(spec("carts").build());
        for (int i = 0; i < 4; i++) {
            acme.databases()
                    .create(DatabaseSpec.named("more-" + i).primaryRegion("lhr").build());
        }
        globex.databases().create(spec("theirs").build());

        assertThat(acme.databases().get(created.id())).isEqualTo(created);
        assertThat(acme.databases().find("carts")).contains(created);
        assertThat(acme.databases().find("theirs")).isEmpty();
        assertThat(acme.databases().list())
                .extracting(Database::name)
                .containsExactly("carts", "more-0", "more-1", "more-2", "more-3");
        assertThat(acme.databases()
                        .list(DatabaseFilter.all()
                                .namePrefix("more-")
                                .organization("acme")
                                .pageSize(1)))
                .hasSize(4);
        assertThat(acme.databases().list(DatabaseFilter.all().region(AMS))).containsExactly(created);

        acme.databases().delete(created.id());
        assertThatThrownBy(() -> acme.databases().get(created.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> acme.databases().delete(created.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void should_update_while_a_client_stays_connected() {
        Database created = acme.databases().create(spec("carts").build());
        try (RawRedis primary = RawRedis.connect(primary(created))) {
            assertThat(primary.call("SET", "cart:7", "3")).isEqualTo("OK");

            Database updated = acme.databases()
                    .update(
                            created.id(),
                            update -> update.addReadRegions("nrt")
                                    .removeReadRegions("ams")
                                    .plan(PlanId.of("500MB"))
                                    .eviction(Eviction.ENABLED));

            assertThat(updated.readRegions()).containsExactly(NRT);
            assertThat(updated.planName()).isEqualTo("500MB");
            assertThat(updated.eviction()).isEqualTo(Eviction.ENABLED);
            assertThat(acme.databases().get(created.id())).isEqualTo(updated);
            assertThat(primary.call("GET", "cart:7")).isEqualTo("3");
            try (RawRedis replica = RawRedis.connect(replica(updated, NRT))) {
                assertThat(replica.call("GET", "cart:7")).isEqualTo("3");
            }
        }
    }

    @Test
    void should_say_what_an_update_would_change_without_changing_it() {
        Database created = acme.databases().create(spec("carts").build());

        ChangeSet changes = acme.databases()
                .diff(spec("carts")
                        .readRegions("ams", "nrt")
                        .plan(PlanId.of("200MB"))
                        .build());

        assertThat(changes.isEmpty()).isFalse();
        assertThat(changes.isPossible()).isTrue();
        assertThat(acme.databases().get(created.id())).isEqualTo(created);
    }

    @Test
    void should_ensure_the_same_database_again_and_again() {
        EnsureResult first = acme.databases().ensure(spec("carts").build());
        EnsureResult second = acme.databases().ensure(spec("carts").build());
        EnsureResult third =
                acme.databases().ensure(spec("carts").readRegions("ams", "nrt").build());

        assertThat(first.changes().action()).isEqualTo(ChangeSet.Action.CREATE);
        assertThat(second.changes().action()).isEqualTo(ChangeSet.Action.NONE);
        assertThat(third.changes().action()).isEqualTo(ChangeSet.Action.UPDATE);
        assertThat(third.database().id()).isEqualTo(first.database().id());
        assertThat(third.database().readRegions()).containsExactly(AMS, NRT);
        assertThat(service.databases()).hasSize(1);
    }

    @Test
    void should_reset_the_password() {
        Database created = acme.databases().create(spec("carts").build());

        Database reset = acme.databases().resetPassword(created.id());

        assertThat(primary(reset)).isNotEqualTo(primary(created));
        assertThatThrownBy(() -> RawRedis.connect(primary(created))).hasMessageContaining("WRONGPASS");
        try (RawRedis redis = RawRedis.connect(primary(reset))) {
            assertThat(redis.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void should_be_ready_when_it_was_created() {
        Database created = acme.databases().create(spec("carts").build());

        assertThat(acme.databases().readiness(created.id()).await(Duration.ofSeconds(20)))
                .isEqualTo(created);
    }

    @Test
    void should_count_what_a_database_uses_and_begin_anew_each_day() {
        Database created = acme.databases().create(spec("carts").build());
        try (RawRedis primary = RawRedis.connect(primary(created))) {
            for (int i = 0; i < 10; i++) {
                assertThat(primary.call("SET", "key:" + i, "x".repeat(1_000))).isEqualTo("OK");
            }

            DatabaseStatistics used = acme.databases().statistics(created.id());
            assertThat(used.number("keys")).hasValue(10);
            assertThat(used.number("connections")).hasValue(1);
            assertThat(used.number("daily_commands")).hasValue(10);
            assertThat(used.number("daily_bandwidth_bytes").orElseThrow()).isGreaterThan(10_000);
            assertThat(used.number("data_size_bytes").orElseThrow()).isGreaterThan(10_000);

            CLOCK.advance(Duration.ofDays(1));
            DatabaseStatistics nextDay = acme.databases().statistics(created.id());
            assertThat(nextDay.number("keys")).hasValue(10);
            assertThat(nextDay.number("daily_commands")).hasValue(0);
        }
    }

    @Test
    void should_keep_a_cache_in_each_region() {
        RegionalCaches caches = acme.databases().ensureCaches(RegionalCacheSpec.of("pages", "mad", "nrt"));

        assertThat(caches.byRegion()).containsOnlyKeys(MAD, NRT);
        assertThat(caches.in(NRT).primaryRegion()).isEqualTo(NRT);
        assertThat(caches.in(NRT).eviction()).isEqualTo(Eviction.ENABLED);
    }

    @Test
    void should_sweep_what_a_lease_left_behind_by_the_clock_of_the_service() {
        Database kept = acme.databases().create(spec("kept").build());
        DatabaseLease closed = acme.databases().lease(spec("leased").build(), Duration.ofMinutes(30));
        closed.close();
        DatabaseLease lost = acme.databases().lease(spec("leased").build(), Duration.ofMinutes(30));

        assertThat(acme.databases().sweep().deleted()).isEmpty();
        CLOCK.advance(Duration.ofHours(1));
        SweepReport report = acme.databases().sweep();

        assertThat(report.deleted())
                .extracting(Database::id)
                .containsExactly(lost.database().id());
        assertThat(service.databases()).extracting(Database::id).containsExactly(kept.id());
    }

    @Test
    void should_list_plans_regions_and_organizations() {
        List<Plan> plans = acme.plans().list();
        assertThat(plans).hasSize(13);
        Plan large = plans.stream()
                .filter(plan -> plan.name().equals("500MB"))
                .findFirst()
                .orElseThrow();
        assertThat(large.maxDataBytes()).isEqualTo(Limit.of(500L << 20));
        assertThat(large.maxConnections()).isEqualTo(Limit.of(500));
        assertThat(large.maxDailyCommands()).isEqualTo(Limit.unlimited());
        assertThat(large.maxDailyBandwidthBytes()).isEqualTo(Limit.of(30L << 30));
        assertThat(large.maxRequestBytes()).isEqualTo(Limit.unknown());

        List<RegionInfo> regions = acme.regions().list();
        assertThat(regions).hasSize(36);
        assertThat(regions)
                .filteredOn(RegionInfo::excluded)
                .extracting(RegionInfo::region)
                .containsExactly(Region.of("jnb"));
        try (ManagedRedisClient far = service.client("acme", from("nrt"))) {
            assertThat(far.regions().nearest()).isEqualTo(NRT);
        }

        assertThat(acme.organizations().list()).extracting(Organization::slug).containsExactly("acme");
        assertThat(globex.organizations().list()).extracting(Organization::slug).containsExactly("globex");
    }

    @Test
    void should_refuse_the_other_organization_at_every_verb() {
        Database theirs = globex.databases().create(spec("theirs").build());

        assertThatThrownBy(() -> acme.databases().get(theirs.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> acme.databases().update(theirs.id(), update -> update.addReadRegions("nrt")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> acme.databases().resetPassword(theirs.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> acme.databases().statistics(theirs.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> acme.databases().ensure(spec("theirs").build()))
                .isInstanceOf(ManagedRedisException.class);
        assertThatThrownBy(() -> acme.databases()
                        .create(spec("mine").organization("globex").build()))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(globex.databases().get(theirs.id())).isEqualTo(theirs);
    }

    @Test
    void should_create_one_database_although_the_answer_was_lost() {
        service.inject(ApiAnswerLost.of("createAddOn").times(1));

        Database created = acme.databases().create(spec("carts").build());

        assertThat(service.databases()).extracting(Database::id).containsExactly(created.id());
    }

    @Test
    void should_try_again_when_the_service_fails_for_a_moment() {
        Database created = acme.databases().create(spec("carts").build());

        service.inject(ApiError.status(503).times(1));

        assertThat(acme.databases().find("carts")).contains(created);
    }

    @Test
    void should_give_up_when_the_service_goes_on_failing() {
        ActiveFault fault = service.inject(ApiError.status(503));
        try (ManagedRedisClient client = ManagedRedisClient.builder()
                .baseUrl(service.apiUri())
                .token(service.token("acme"))
                .retry(RetrySettings.never())
                .build()) {
            assertThatThrownBy(() -> client.databases().find("carts")).isInstanceOf(UnavailableException.class);
        } finally {
            fault.close();
        }
    }

    private static DatabaseSpec.Builder spec(String name) {
        return DatabaseSpec.named(name).primaryRegion(MAD).readRegions("ams");
    }

    private static RedisUrl primary(Database database) {
        return ((Endpoints.ByRegion) database.endpoints()).primaryUrl();
    }

    private static RedisUrl replica(Database database, Region region) {
        return ((Endpoints.ByRegion) database.endpoints()).replicas().get(region);
    }
}
