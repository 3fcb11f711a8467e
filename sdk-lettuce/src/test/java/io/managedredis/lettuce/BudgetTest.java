package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.managedredis.Limit;
import io.managedredis.Plan;
import io.managedredis.PlanId;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.lettuce.error.BudgetExceededException;
import io.managedredis.lettuce.error.ServiceLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that keeps itself below limits, in front of a real primary and a real replica. */
class BudgetTest {

    private static RedisPair pair;

    @BeforeAll
    static void start() throws IOException {
        pair = RedisPair.start();
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @BeforeEach
    void empty() {
        try (RegionalRedis redis = open(Budget.unlimited());
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().flushall();
        }
    }

    @Test
    void should_take_the_limits_of_the_plan() {
        Plan plan = new Plan(
                PlanId.of("200MB"),
                "200MB",
                null,
                Limit.of(1),
                Limit.of(100),
                Limit.of(1_000),
                Limit.unlimited(),
                Limit.unknown(),
                Limit.of(1_000_000),
                null);
        Budget share = Budget.of(plan).sharedBy(4);
        assertThat(share.connections()).isEqualTo(Limit.of(25));
        assertThat(share.commandsPerSecond()).isEqualTo(Limit.of(250));
        assertThat(share.requestBytes()).isEqualTo(Limit.of(1_000_000));
        assertThat(share.dailyCommands()).isEqualTo(Limit.unlimited());
        assertThatThrownBy(() -> Budget.of(plan).sharedBy(101)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Budget.unlimited().withCommandsPerSecond(0))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Budget.unlimited().withLongestWait(Duration.ofMillis(-1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Budget.unlimited().withWarningAt(1.1)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_send_in_order_what_had_to_wait_for_its_turn() throws Exception {
        try (RegionalRedis redis =
                        open(Budget.unlimited().withCommandsPerSecond(500).withLongestWait(Duration.ofSeconds(5)));
                RegionalConnection<String, String> connection = redis.connect()) {
            List<RedisFuture<Long>> appended = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                appended.add(connection.async().rpush("list", Integer.toString(i)));
            }
            assertThat(appended.get(199).isDone()).isFalse();
            assertThat(connection.sync().ping()).isEqualTo("PONG");
            for (int i = 0; i < 200; i++) {
                assertThat(appended.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void should_send_what_waited_even_when_the_caller_flushed_before() {
        try (RegionalRedis redis =
                        open(Budget.unlimited().withCommandsPerSecond(100).withLongestWait(Duration.ofSeconds(5)));
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.setAutoFlushCommands(false);
            List<RedisFuture<?>> futures = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                futures.add(connection.async().set("key" + i, "value"));
            }
            connection.flushCommands();
            assertThat(LettuceFutures.awaitAll(10, TimeUnit.SECONDS, futures.toArray(RedisFuture[]::new)))
                    .isTrue();
        }
    }

    @Test
    void should_refuse_at_once_in_every_api_what_is_above_the_limit() {
        List<BudgetWarning> warnings = new CopyOnWriteArrayList<>();
        try (RegionalRedis redis =
                        open(Budget.unlimited().withRequestBytes(1_000).onWarning(warnings::add));
                RegionalConnection<String, String> connection = redis.connect()) {
            String large = "v".repeat(1_000);
            connection.sync().set("key", "v".repeat(900));
            assertThatThrownBy(() -> connection.sync().set("key", large)).isInstanceOf(BudgetExceededException.class);
            assertThatThrownBy(() -> connection.async().set("key", large).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(BudgetExceededException.class);
            assertThatThrownBy(() -> connection.reactive().set("key", large).block())
                    .isInstanceOf(BudgetExceededException.class);
            assertThat(connection.reading(Consistency.EVENTUAL).consistency()).isEqualTo(Consistency.EVENTUAL);
            assertThatThrownBy(() ->
                            connection.reading(Consistency.EVENTUAL).sync().set("key", large))
                    .isInstanceOf(BudgetExceededException.class);
            assertThat(connection.sync().strlen("key")).isEqualTo(900);
            assertThat(warnings).extracting(BudgetWarning::limit).containsExactly(ServiceLimit.REQUEST_SIZE);
        }
    }

    @Test
    void should_run_nothing_of_a_transaction_of_which_a_command_was_refused() throws Exception {
        try (RegionalRedis redis = open(Budget.unlimited().withRequestBytes(1_000));
                RegionalConnection<String, String> connection = redis.connect()) {
            RedisAsyncCommands<String, String> async = connection.async();
            async.multi();
            RedisFuture<String> queued = async.set("key", "value");
            RedisFuture<String> refused = async.set("other", "v".repeat(1_000));
            assertThatThrownBy(() -> connection.sync().exec()).isInstanceOf(BudgetExceededException.class);
            assertThatThrownBy(refused::get).hasCauseInstanceOf(BudgetExceededException.class);
            assertThat(queued.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(connection.isMulti()).isFalse();
            assertThat(connection.sync().exists("key", "other")).isZero();
            connection.sync().multi();
            connection.sync().set("key", "value");
            assertThat(connection.sync().exec()).containsExactly("OK");
        }
    }

    @Test
    void should_count_bytes_in_both_directions() {
        try (RegionalRedis redis = open(Budget.unlimited().withDailyBandwidthBytes(40_000));
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().set("key", "v".repeat(10_000));
            for (int i = 0; i < 3; i++) {
                connection.sync().get("key");
            }
            assertThatThrownBy(() -> connection.sync().get("key"))
                    .isInstanceOfSatisfying(
                            BudgetExceededException.class,
                            refused -> assertThat(refused.limit()).isEqualTo(ServiceLimit.DAILY_BANDWIDTH));
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
    }

    @Test
    void should_open_no_more_sockets_than_allowed() {
        try (RegionalRedis redis = open(Budget.unlimited().withConnections(6))) {
            assertThat(redis.sharedSockets()).isEqualTo(2);
            RegionalConnection<String, String> first = redis.connect();
            RegionalConnection<String, String> second = redis.connect();
            assertThatThrownBy(redis::connect).isInstanceOf(BudgetExceededException.class);
            assertThatThrownBy(redis::connectPubSub).isInstanceOf(BudgetExceededException.class);
            assertThatThrownBy(() -> first.sync().blpop(0.01, "queue")).isInstanceOf(BudgetExceededException.class);
            second.close();
            second.close();
            assertThat(first.sync().blpop(0.01, "queue")).isNull();
            assertThatThrownBy(redis::connect).isInstanceOf(BudgetExceededException.class);
            first.close();
            redis.connectPubSub().close();
            redis.connect().close();
            redis.connect();
            redis.connect();
        }
    }

    @Test
    void should_fail_what_waits_when_the_connection_is_closed() {
        try (RegionalRedis redis =
                open(Budget.unlimited().withCommandsPerSecond(1).withLongestWait(Duration.ofHours(1)))) {
            RegionalConnection<String, String> connection = redis.connect();
            connection.sync().set("key", "value");
            RedisFuture<String> waiting = connection.async().get("key");
            connection.close();
            assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
        }
    }

    private static RegionalRedis open(Budget budget) {
        return RegionalRedis.builder()
                .topology(TopologySource.of(pair.byRegion()))
                .localRegion(RedisPair.REPLICA_REGION)
                .budget(budget)
                .build();
    }
}
