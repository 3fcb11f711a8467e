package io.managedredis.lettuce;

import static io.managedredis.lettuce.Consistency.EVENTUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reads leave a replica that says nothing. All other ways to notice that are out of the question here: they take longer than the
 * tests wait.
 */
class SilentReplicaTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Pattern PINGS = Pattern.compile("cmdstat_ping:calls=(\\d+)");
    private static final Duration TOO_LONG = Duration.ofMinutes(5);

    private RedisPair pair;
    private final Map<String, AtomicLong> answeredBy = new ConcurrentHashMap<>();
    private final BlockingQueue<RoutingEvent> events = new LinkedBlockingQueue<>();

    private RedisClient client;
    private StatefulRedisConnection<String, String> direct;

    @BeforeEach
    void start() throws IOException {
        pair = RedisPair.start();
        client = RedisClient.create();
        RedisUrl replica = pair.replicaUrl();
        direct = client.connect(RedisURI.create(replica.host(), replica.port()));
    }

    @AfterEach
    void stop() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        pair.close();
    }

    @Test
    void should_answer_reads_elsewhere_while_the_network_is_silent_and_return_afterwards() {
        try (RegionalRedis redis = open(pair.relayed());
                RegionalConnection<String, String> connection = connect(redis)) {
            pair.toReplica().silence();
            List<RedisFuture<String>> reads = reads(connection, 50);
            await().atMost(LONG).until(() -> reads.stream().allMatch(RedisFuture::isDone));
            assertAnswered(reads);
            assertThat(answered("mad")).isGreaterThanOrEqualTo(50);
            pair.toReplica().heal();
            awaitReadAt(connection, "ams");
        }
    }

    @Test
    void should_answer_reads_elsewhere_while_the_process_is_stopped_and_return_afterwards() {
        try (RegionalRedis redis = open(pair.byRegion());
                RegionalConnection<String, String> connection = connect(redis)) {
            pair.pauseReplica();
            List<RedisFuture<String>> reads = reads(connection, 50);
            await().atMost(LONG).until(() -> reads.stream().allMatch(RedisFuture::isDone));
            assertAnswered(reads);
            assertThat(answered("mad")).isGreaterThanOrEqualTo(50);
            pair.resumeReplica();
            awaitReadAt(connection, "ams");
        }
    }

    @Test
    void should_answer_the_reads_of_every_connection() {
        try (RegionalRedis redis = open(pair.relayed());
                RegionalConnection<String, String> one = connect(redis);
                RegionalConnection<String, String> other = connect(redis)) {
            pair.toReplica().silence();
            List<RedisFuture<String>> reads = new ArrayList<>(reads(one, 10));
            reads.addAll(reads(other, 10));
            await().atMost(LONG).until(() -> reads.stream().allMatch(RedisFuture::isDone));
            assertAnswered(reads);
        }
    }

    @Test
    void should_stay_at_a_replica_that_answers_on_its_other_socket() {
        try (RegionalRedis redis = open(pair.relayed());
                RegionalConnection<String, String> connection = connect(redis)) {
            events.clear();
            // The newest way through the relay is the connection's own; the shared one was there before.
            pair.toReplica().silenceNewest();
            long pings = pings();
            RedisFuture<String> read = connection.reading(EVENTUAL).async().get("key");
            await().atMost(LONG).until(() -> pings() > pings);
            assertThat(events).isEmpty();
            pair.toReplica().heal();
            await().atMost(LONG).until(read::isDone);
            assertAnswered(List.of(read));
            assertThat(answered("mad")).isZero();
        }
    }

    @Test
    void should_ask_nothing_while_reads_are_answered() {
        try (RegionalRedis redis = open(pair.relayed());
                RegionalConnection<String, String> connection = connect(redis)) {
            long pings = pings();
            reads(connection, 10_000)
                    .forEach(read ->
                            assertThat(read.toCompletableFuture().join()).isEqualTo("value"));
            assertThat(pings()).isEqualTo(pings);
        }
    }

    @Test
    void should_take_waiting_reads_along_from_one_of_several_far_replicas() throws IOException {
        try (Relay second = new Relay(pair.replicaUrl().port())) {
            Endpoints.ByRegion pairOnly = (Endpoints.ByRegion) pair.relayed();
            Endpoints two = new Endpoints.ByRegion(
                    RedisPair.PRIMARY_REGION,
                    pairOnly.primaryUrl(),
                    Map.of(
                            RedisPair.REPLICA_REGION,
                            RedisPair.url(pair.toReplica().port()),
                            Region.of("nrt"),
                            RedisPair.url(second.port())));
            pair.toPrimary().delay(Duration.ofMillis(20));
            try (RegionalRedis redis =
                            builder(two).localRegion(Region.of("sin")).build();
                    RegionalConnection<String, String> connection = redis.connect()) {
                connection.sync().set("key", "value");
                await().atMost(LONG).until(() -> readAt(connection).matches("ams|nrt"));
                boolean first = readAt(connection).equals("ams");
                (first ? pair.toReplica() : second).silence();
                List<RedisFuture<String>> reads = reads(connection, 50);
                await().atMost(LONG).until(() -> reads.stream().allMatch(RedisFuture::isDone));
                assertAnswered(reads);
                (first ? pair.toReplica() : second).heal();
            }
        }
    }

    private RegionalRedis open(Endpoints endpoints) {
        return builder(endpoints).localRegion(RedisPair.REPLICA_REGION).build();
    }

    private RegionalRedis.Builder builder(Endpoints endpoints) {
        return RegionalRedis.builder()
                .topology(TopologySource.of(endpoints))
                .health(HealthSettings.defaults()
                        .withPingInterval(TOO_LONG)
                        .withPingTimeout(TOO_LONG)
                        .withStallTimeout(TOO_LONG))
                .timeout(TOO_LONG)
                .observer(command -> {
                    if (command.name().equals("GET")) {
                        command.region()
                                .ifPresent(region -> answeredBy
                                        .computeIfAbsent(region.toString(), key -> new AtomicLong())
                                        .incrementAndGet());
                    }
                })
                .onEvent(events::add);
    }

    private RegionalConnection<String, String> connect(RegionalRedis redis) {
        RegionalConnection<String, String> connection = redis.connect();
        connection.sync().set("key", "value");
        awaitReadAt(connection, "ams");
        answeredBy.clear();
        return connection;
    }

    private void awaitReadAt(RegionalConnection<String, String> connection, String region) {
        await().atMost(LONG).until(() -> readAt(connection).equals(region));
    }

    /** Reads once, and says which region has answered. */
    private String readAt(RegionalConnection<String, String> connection) {
        answeredBy.clear();
        if (!"value".equals(connection.reading(EVENTUAL).sync().get("key"))) {
            return "nowhere, yet";
        }
        return String.join(" ", answeredBy.keySet());
    }

    private static List<RedisFuture<String>> reads(RegionalConnection<String, String> connection, int count) {
        List<RedisFuture<String>> reads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reads.add(connection.reading(EVENTUAL).async().get("key"));
        }
        return reads;
    }

    private static void assertAnswered(List<RedisFuture<String>> reads) {
        assertThat(reads)
                .allSatisfy(read ->
                        assertThat(read.toCompletableFuture().getNow("none")).isEqualTo("value"));
    }

    private long answered(String region) {
        return answeredBy.getOrDefault(region, new AtomicLong()).get();
    }

    /** How many PINGs the replica has executed. */
    private long pings() {
        Matcher calls = PINGS.matcher(direct.sync().info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }
}
