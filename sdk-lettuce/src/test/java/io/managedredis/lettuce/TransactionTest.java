package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.managedredis.lettuce.error.ServiceLimit;
import io.managedredis.lettuce.error.ServiceLimitException;
import io.managedredis.lettuce.error.TransactionLostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private RedisPair pair;
    private RegionalRedis redis;
    private RegionalConnection<String, String> connection;
    private RedisCommands<String, String> sync;

    @BeforeEach
    void start() throws IOException {
        pair = RedisPair.start();
        redis = RegionalRedis.builder()
                .topology(TopologySource.of(pair.relayed()))
                .localRegion(RedisPair.REPLICA_REGION)
                .build();
        connection = redis.connect();
        sync = connection.sync();
        sync.set("key", "value");
    }

    @AfterEach
    void stop() {
        redis.close();
        pair.close();
    }

    private void breakSocket() {
        pair.toPrimary().cut();
        pair.toPrimary().heal();
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThatThrownBy(() -> sync.get("key")).isInstanceOf(TransactionLostException.class));
    }

    @Test
    void should_say_which_limit_refused_a_command_of_a_transaction() {
        String refusal =
                "return redis.error_reply('ERR DB capacity quota exceeded. Threshold: 10 bytes, Usage: 20 bytes.')";
        RedisAsyncCommands<String, String> async = connection.async();
        async.multi();
        RedisFuture<String> before = async.set("key", "changed");
        RedisFuture<Object> refused = async.eval(refusal, ScriptOutputType.STATUS);
        RedisFuture<Object> wrong = async.eval("return redis.error_reply('ERR no limit')", ScriptOutputType.STATUS);
        RedisFuture<String> after = async.get("absent");
        TransactionResult result = sync.exec();
        assertThat(result.size()).isEqualTo(4);
        assertThat(result.<Object>get(0)).isEqualTo("OK");
        assertThat(result.<Object>get(1))
                .isInstanceOfSatisfying(ServiceLimitException.class, TransactionTest::assertSize);
        assertThat(result.<Object>get(2)).isInstanceOf(RedisCommandExecutionException.class);
        assertThat(result.<Object>get(3)).isNull();
        assertThat(result.stream()).hasSize(4).containsExactlyElementsOf(result);
        assertThat(before.toCompletableFuture()).succeedsWithin(LONG).isEqualTo("OK");
        assertThat(after.toCompletableFuture()).succeedsWithin(LONG).isNull();
        assertThat(refused.toCompletableFuture())
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(ServiceLimitException.class, TransactionTest::assertSize);
        assertThat(wrong.toCompletableFuture())
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RedisCommandExecutionException.class);
    }

    @Test
    void should_say_which_limit_refused_a_command_in_every_api() {
        String refusal =
                "return redis.error_reply('ERR DB capacity quota exceeded. Threshold: 10 bytes, Usage: 20 bytes.')";
        assertThatThrownBy(() -> sync.eval(refusal, ScriptOutputType.STATUS))
                .isInstanceOfSatisfying(ServiceLimitException.class, TransactionTest::assertSize);
        assertThat(connection.async().eval(refusal, ScriptOutputType.STATUS).toCompletableFuture())
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(ServiceLimitException.class, TransactionTest::assertSize);
        assertThatThrownBy(() -> connection
                        .reactive()
                        .eval(refusal, ScriptOutputType.STATUS)
                        .blockLast(LONG))
                .isInstanceOfSatisfying(ServiceLimitException.class, TransactionTest::assertSize);
    }

    private static void assertSize(ServiceLimitException refused) {
        assertThat(refused.limit()).isEqualTo(ServiceLimit.DATA_SIZE);
        assertThat(refused.allowed()).hasValue(10);
        assertThat(refused.usage()).hasValue(20);
    }

    @Test
    void should_begin_anew_with_watch_when_a_command_was_refused() {
        sync.watch("key");
        breakSocket();
        assertThatThrownBy(sync::multi).isInstanceOf(TransactionLostException.class);
        assertThat(sync.watch("key")).isEqualTo("OK");
        assertThat(sync.get("key")).isEqualTo("value");
        sync.multi();
        sync.set("key", "changed");
        assertThat(sync.exec().size()).isEqualTo(1);
        assertThat(sync.get("key")).isEqualTo("changed");
    }

    @Test
    void should_not_begin_anew_with_multi_when_the_watch_was_lost() {
        sync.watch("key");
        breakSocket();
        assertThatThrownBy(sync::multi).isInstanceOf(TransactionLostException.class);
        RedisFuture<String> set = connection.async().set("key", "changed");
        assertThatThrownBy(sync::exec).isInstanceOf(TransactionLostException.class);
        assertThat(set.toCompletableFuture()).isCompletedExceptionally();
        assertThat(sync.get("key")).isEqualTo("value");
    }

    @Test
    void should_answer_discard_and_unwatch_of_a_lost_transaction_as_asked_for() {
        sync.watch("key");
        breakSocket();
        assertThat(sync.unwatch()).isEqualTo("OK");
        assertThat(sync.get("key")).isEqualTo("value");
        sync.watch("key");
        breakSocket();
        assertThat(sync.discard()).isEqualTo("OK");
        assertThat(sync.get("key")).isEqualTo("value");
    }

    @Test
    void should_end_the_commands_of_a_lost_transaction_that_nobody_ends() throws Exception {
        RedisAsyncCommands<String, String> async = connection.async();
        async.multi().get(10, TimeUnit.SECONDS);
        RedisFuture<String> set = async.set("key", "changed");
        RedisFuture<String> get = async.get("key");
        pair.toPrimary().cut();
        pair.toPrimary().heal();
        for (RedisFuture<?> each : List.of(set, get)) {
            assertThatThrownBy(() -> each.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TransactionLostException.class);
        }
        assertThat(connection.isMulti()).isTrue();
        assertThat(sync.discard()).isEqualTo("OK");
        assertThat(connection.isMulti()).isFalse();
    }

    @Test
    void should_refuse_a_nested_multi_and_go_on_with_the_transaction() {
        sync.multi();
        assertThatThrownBy(sync::multi)
                .isInstanceOf(RedisCommandExecutionException.class)
                .hasMessageContaining("nested");
        sync.set("key", "changed");
        assertThat(sync.exec().size()).isEqualTo(1);
        assertThat(sync.get("key")).isEqualTo("changed");
    }

    @Test
    void should_queue_unwatch_inside_of_a_transaction() {
        sync.multi();
        sync.unwatch();
        sync.set("key", "changed");
        TransactionResult result = sync.exec();
        assertThat(result.size()).isEqualTo(2);
        assertThat(result.<String>get(1)).isEqualTo("OK");
        assertThat(sync.get("key")).isEqualTo("changed");
    }

    @Test
    void should_answer_a_part_that_is_run_as_the_error_or_value_it_has() throws Exception {
        RedisAsyncCommands<String, String> async = connection.async();
        async.multi();
        RedisFuture<Long> wrong = async.incr("key");
        RedisFuture<Long> right = async.incr("number");
        RedisFuture<TransactionResult> exec = async.exec();
        assertThat(exec.get(10, TimeUnit.SECONDS).size()).isEqualTo(2);
        assertThat(right.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThatThrownBy(() -> wrong.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(RedisCommandExecutionException.class);
    }

    @Test
    void should_run_nothing_when_a_command_of_the_transaction_cannot_be_encoded() throws Exception {
        RedisCodec<String, String> picky = new RedisCodec<>() {
            @Override
            public String decodeKey(ByteBuffer bytes) {
                return StringCodec.UTF8.decodeKey(bytes);
            }

            @Override
            public String decodeValue(ByteBuffer bytes) {
                return StringCodec.UTF8.decodeValue(bytes);
            }

            @Override
            public ByteBuffer encodeKey(String key) {
                return StringCodec.UTF8.encodeKey(key);
            }

            @Override
            public ByteBuffer encodeValue(String value) {
                if (value.equals("unspeakable")) {
                    throw new IllegalArgumentException(value);
                }
                return StringCodec.UTF8.encodeValue(value);
            }
        };
        try (RegionalConnection<String, String> other = redis.connect(picky)) {
            RedisAsyncCommands<String, String> async = other.async();
            async.multi();
            async.set("key", "changed");
            RedisFuture<String> set = async.set("key", "unspeakable");
            RedisFuture<TransactionResult> exec = async.exec();
            assertThatThrownBy(() -> set.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() -> exec.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TransactionLostException.class);
            assertThat(other.reading(Consistency.PRIMARY).sync().get("key")).isEqualTo("value");
        }
    }

    @Test
    void should_run_a_transaction_that_was_begun_while_there_was_no_socket() throws Exception {
        pair.toPrimary().cut();
        await().atMost(LONG).until(() -> !redis.statistics().regions().get(0).usable());
        RedisAsyncCommands<String, String> async = connection.async();
        async.watch("key");
        async.multi();
        RedisFuture<String> set = async.set("key", "changed");
        RedisFuture<TransactionResult> exec = async.exec();
        pair.toPrimary().heal();
        assertThat(exec.get(10, TimeUnit.SECONDS).wasDiscarded()).isFalse();
        assertThat(set.get(10, TimeUnit.SECONDS)).isEqualTo("OK");
        assertThat(sync.get("key")).isEqualTo("changed");
    }
}
