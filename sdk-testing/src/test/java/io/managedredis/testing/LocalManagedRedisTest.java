package io.managedredis.testing;

import static io.managedredis.testing.LocalManagedRedis.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.Endpoints;
import io.managedredis.Eviction;
import io.managedredis.ManagedRedisClient;
import io.managedredis.PlanId;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.Routing;
import io.managedredis.Secret;
import io.managedredis.error.AuthenticationException;
import io.managedredis.error.ConflictException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.NotFoundException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LocalManagedRedisTest {

    private static final Region MAD = Region.of("mad");
    private static final Region AMS = Region.of("ams");

    @Test
    void should_carry_a_database_from_creation_to_deletion() {
        Set<Long> before = redisProcesses();
        try (LocalManagedRedis service =
                        LocalManagedRedis.builder().distances(Distances.none()).start();
                ManagedRedisClient client = service.client()) {
            Database created = client.databases()
                    .create(DatabaseSpec.named("carts")
                            .primaryRegion(MAD)
                            .readRegions("ams")
                            .build());
            Database status = client.databases().find("carts").orElseThrow();
            assertThat(status).isEqualTo(created);
            assertThat(status.isReady()).isTrue();
            assertThat(status.planName()).isEqualTo("Pay-as-you-go");

            Endpoints.ByRegion endpoints = (Endpoints.ByRegion) status.endpoints();
            try (RawRedis primary = RawRedis.connect(endpoints.primaryUrl());
                    RawRedis replica = RawRedis.connect(endpoints.replicas().get(AMS))) {
                assertThat(primary.call("SET", "cart:7", "3")).isEqualTo("OK");
                Awaitility.await()
                        .untilAsserted(
                                () -> assertThat(replica.call("GET", "cart:7")).isEqualTo("3"));
                assertThat(replica.call("SET", "cart:7", "4")).isEqualTo("OK");
                assertThat(primary.call("GET", "cart:7")).isEqualTo("4");
            }

            client.databases().delete(created.id());

            assertThat(client.databases().find("carts")).isEmpty();
            assertThatThrownBy(() -> new Socket(
                            endpoints.primaryUrl().host(),
                            endpoints.primaryUrl().port()))
                    .hasMessageContaining("refused");
            Awaitility.await().untilAsserted(() -> assertThat(redisProcesses()).isEqualTo(before));
        }
    }

    @Test
    void should_provision_in_the_process_what_the_api_then_shows() {
        try (LocalManagedRedis service = fast();
                ManagedRedisClient client = service.client()) {
            Database created = service.create(DatabaseSpec.named("sessions")
                    .primaryRegion("mad")
                    .readRegions("ams", "nrt")
                    .plan(PlanId.of("200MB"))
                    .eviction(Eviction.ENABLED)
                    .build());

            assertThat(created.planName()).isEqualTo("200MB");
            assertThat(client.databases().find("sessions")).contains(created);
            assertThat(service.find("sessions")).contains(created);
            assertThat(service.databases()).containsExactly(created);

            service.delete(created.id());
            assertThat(client.databases().find("sessions")).isEmpty();
            assertThatThrownBy(() -> service.delete(created.id())).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> service.url(created, Vantage.beside())).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void should_serve_no_api_when_it_is_first_wanted_after_the_close() {
        LocalManagedRedis service = fast();
        service.create(DatabaseSpec.named("carts").primaryRegion("mad").build());
        service.close();

        assertThatThrownBy(service::apiUri)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void should_give_addresses_at_the_distance_of_the_vantage() {
        try (LocalManagedRedis service = LocalManagedRedis.start();
                ManagedRedisClient beside = service.client();
                ManagedRedisClient far = service.client(from("nrt"))) {
            Database seenBeside = beside.databases()
                    .define("carts")
                    .primaryRegion("mad")
                    .readRegions("nrt")
                    .create();
            Database seenFar = far.databases().find("carts").orElseThrow();

            assertThat(seenFar.endpoints()).isNotEqualTo(seenBeside.endpoints());
            assertThat(seenFar.endpoints()).isEqualTo(service.endpoints(seenBeside, from("nrt")));
            assertThat(seenBeside.endpoints()).isEqualTo(service.endpoints(seenBeside, Vantage.beside()));
            assertThat(service.url(seenBeside, from("nrt"))).isEqualTo(service.url(seenFar, from("nrt")));

            Endpoints.ByRegion endpoints = (Endpoints.ByRegion) seenFar.endpoints();
            Duration toPrimary = ping(endpoints.primaryUrl());
            assertThat(toPrimary).isGreaterThan(Duration.ofMillis(200));
            assertThat(ping(service.url(seenBeside, from("nrt")))).isLessThan(toPrimary);
        }
    }

    @Test
    void should_publish_the_single_address_when_the_platform_routes() {
        try (LocalManagedRedis service = LocalManagedRedis.builder()
                        .routing(Routing.BY_PLATFORM)
                        .distances(Distances.none())
                        .start();
                ManagedRedisClient client = service.client()) {
            Database database = client.databases()
                    .define("carts")
                    .primaryRegion("mad")
                    .readRegions("ams")
                    .create();

            assertThat(database.endpoints())
                    .isEqualTo(new Endpoints.ByPlatform(service.url(database, Vantage.beside())));
            assertThat(service.environment(database, Vantage.beside())).containsOnlyKeys("PRIMARY_REGION", "REDIS_URL");
        }
    }

    @Test
    void should_keep_organizations_apart() {
        try (LocalManagedRedis service = LocalManagedRedis.builder()
                        .organizations("acme")
                        .organization("globex", Secret.of("fm2_given"))
                        .distances(Distances.none())
                        .start();
                ManagedRedisClient acme = service.client("acme", Vantage.beside());
                ManagedRedisClient globex = service.client("globex", Vantage.beside())) {
            Database theirs =
                    globex.databases().define("carts").primaryRegion("mad").create();
            Database ours = service.create(DatabaseSpec.named("ours")
                    .organization("acme")
                    .primaryRegion("mad")
                    .build());

            assertThat(service.organizations()).containsExactly("acme", "globex");
            assertThat(theirs.organization()).isEqualTo("globex");
            assertThat(acme.databases().list()).containsExactly(ours);
            assertThat(acme.databases().find("carts")).isEmpty();
            assertThatThrownBy(() -> acme.databases().get(theirs.id())).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> acme.databases().delete(theirs.id())).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> acme.databases()
                            .define("carts")
                            .primaryRegion("mad")
                            .create())
                    .isInstanceOf(ConflictException.class);
            RedisUrl withOurPassword = service.url(theirs, Vantage.beside())
                    .withPassword(service.url(ours, Vantage.beside()).password());
            assertThatThrownBy(() -> RawRedis.connect(withOurPassword)).hasMessageContaining("WRONGPASS");
            assertThat(globex.databases().list()).containsExactly(theirs);
        }
    }

    @Test
    void should_leave_nothing_behind_when_it_is_closed() {
        Set<Long> before = redisProcesses();
        LocalManagedRedis service = LocalManagedRedis.start();
        Database database = service.create(DatabaseSpec.named("carts")
                .primaryRegion("mad")
                .readRegions("ams")
                .build());
        RedisUrl url = service.url(database, Vantage.beside());
        int apiPort = service.apiUri().getPort();

        service.close();
        service.close();

        assertThat(redisProcesses()).isEqualTo(before);
        assertThatThrownBy(() -> new Socket(url.host(), url.port())).hasMessageContaining("refused");
        assertThatThrownBy(() -> new Socket("127.0.0.1", apiPort)).hasMessageContaining("refused");
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("managed-redis")));
    }

    @Test
    void should_say_what_is_wrong_with_bad_input() {
        try (LocalManagedRedis service =
                        LocalManagedRedis.builder().excludedRegions("jnb").start();
                ManagedRedisClient client = service.client()) {
            for (String region : List.of("xyz", "jnb")) {
                DatabaseSpec spec =
                        DatabaseSpec.named("a").primaryRegion(region).build();
                assertThatThrownBy(() -> service.create(spec))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining(region);
                assertThatThrownBy(() -> client.databases().create(spec))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining(region);
            }
            DatabaseSpec unknownPlan = DatabaseSpec.named("a")
                    .primaryRegion("mad")
                    .plan(PlanId.of("9TB"))
                    .build();
            assertThatThrownBy(() -> service.create(unknownPlan))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("200MB");
            DatabaseSpec unknownOrganization = DatabaseSpec.named("a")
                    .organization("acme")
                    .primaryRegion("mad")
                    .build();
            assertThatThrownBy(() -> service.create(unknownOrganization))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("personal");
            assertThatThrownBy(() -> service.apiUri(from("xyz"))).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> service.token("acme")).isInstanceOf(InvalidRequestException.class);
            assertThat(service.databases()).isEmpty();
        }
    }

    @Test
    void should_refuse_a_wrong_token() {
        try (LocalManagedRedis service = LocalManagedRedis.start();
                ManagedRedisClient client = ManagedRedisClient.builder()
                        .baseUrl(service.apiUri())
                        .token("wrong")
                        .build()) {
            assertThatThrownBy(() -> client.databases().find("a")).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void should_refuse_options_that_cannot_be() {
        LocalManagedRedis.Builder builder = LocalManagedRedis.builder();

        assertThatThrownBy(() -> builder.organizations("Not A Slug")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> builder.organization("acme", Secret.of(" ")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> builder.apiPort(65_536)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> builder.maxPageSize(0)).isInstanceOf(InvalidRequestException.class);
    }

    private static LocalManagedRedis fast() {
        return LocalManagedRedis.builder().distances(Distances.none()).start();
    }

    private static Duration ping(RedisUrl url) {
        try (RawRedis redis = RawRedis.connect(url)) {
            long start = System.nanoTime();
            assertThat(redis.call("PING")).isEqualTo("PONG");
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    /** The Redis servers that this process started. */
    private static Set<Long> redisProcesses() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("redis-server"))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }
}
