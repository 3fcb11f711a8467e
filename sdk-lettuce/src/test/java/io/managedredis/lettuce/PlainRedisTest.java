package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.managedredis.Endpoints;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With one plain Redis behind both addresses, a regional connection does what any Lettuce connection does. */
class PlainRedisTest {

    private static RedisPair pair;
    private static RegionalRedis redis;
    private RegionalConnection<String, String> connection;
    private RedisCommands<String, String> sync;

    @BeforeAll
    static void startRedis() throws IOException {
        pair = RedisPair.start();
        redis = RegionalRedis.builder()
                .topology(TopologySource.of(new Endpoints.ByRegion(
                        RedisPair.PRIMARY_REGION,
                        pair.primaryUrl(),
                        Map.of(RedisPair.REPLICA_REGION, pair.primaryUrl()))))
                .localRegion(RedisPair.REPLICA_REGION)
                .build();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
        pair.close();
    }

    @BeforeEach
    void connect() {
        connection = redis.connect();
        sync = connection.sync();
        sync.flushall();
    }

    @AfterEach
    void disconnect() {
        connection.close();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void should_run_commands_on_strings_and_keys() {
        assertThat(sync.set("a", "1", SetArgs.Builder.ex(100))).isEqualTo("OK");
        assertThat(sync.incrby("a", 4)).isEqualTo(5);
        assertThat(sync.mset(Map.of("b", "2", "c", "3"))).isEqualTo("OK");
        assertThat(sync.mget("b", "c", "none")).extracting(KeyValue::hasValue).containsExactly(true, true, false);
        assertThat(sync.ttl("a")).isPositive();
        assertThat(sync.exists("a", "b", "none")).isEqualTo(2);
        assertThat(sync.rename("b", "d")).isEqualTo("OK");
        assertThat(sync.type("d")).isEqualTo("string");
        assertThat(sync.dbsize()).isEqualTo(3);
        assertThat(sync.del("a", "c", "d")).isEqualTo(3);
        assertThat(sync.setbit("bits", 7, 1)).isZero();
        assertThat(sync.bitcount("bits")).isEqualTo(1);
        assertThat(sync.pfadd("log", "x", "y")).isEqualTo(1);
        assertThat(sync.pfcount("log")).isEqualTo(2);
    }

    @Test
    void should_run_commands_on_collections() {
        sync.rpush("list", "1", "2", "3");
        assertThat(sync.lrange("list", 0, -1)).containsExactly("1", "2", "3");
        assertThat(sync.lpop("list")).isEqualTo("1");
        sync.hset("hash", Map.of("f", "v", "g", "w"));
        assertThat(sync.hgetall("hash")).containsOnlyKeys("f", "g");
        sync.sadd("set", "x", "y");
        assertThat(sync.smembers("set")).containsExactlyInAnyOrder("x", "y");
        sync.zadd("sorted", 1, "one");
        sync.zadd("sorted", 2, "two");
        assertThat(sync.zrange("sorted", 0, -1)).containsExactly("one", "two");
        sync.geoadd("geo", -3.70, 40.41, "madrid");
        assertThat(sync.geopos("geo", "madrid")).hasSize(1);
        String id = sync.xadd("stream", Map.of("k", "v"));
        assertThat(sync.xrange("stream", io.lettuce.core.Range.unbounded()))
                .extracting("id")
                .containsExactly(id);
        assertThat(sync.sort("set", io.lettuce.core.SortArgs.Builder.alpha())).containsExactly("x", "y");
    }

    @Test
    void should_run_transactions_and_give_up_those_whose_key_was_changed() {
        sync.set("counter", "1");
        sync.watch("counter");
        assertThat(sync.get("counter")).isEqualTo("1");
        sync.multi();
        assertThat(connection.isMulti()).isTrue();
        sync.incr("counter");
        sync.get("counter");
        TransactionResult result = sync.exec();
        assertThat(result.<Object>get(1)).isEqualTo("2");

        sync.watch("counter");
        try (RegionalConnection<String, String> other = redis.connect()) {
            other.sync().set("counter", "9");
        }
        sync.multi();
        sync.incr("counter");
        assertThat(sync.exec().wasDiscarded()).isTrue();

        sync.multi();
        sync.incr("counter");
        sync.discard();
        assertThat(connection.isMulti()).isFalse();
        assertThat(sync.get("counter")).isEqualTo("9");
    }

    @Test
    void should_run_scripts_and_load_those_the_server_has_forgotten() {
        assertThat(sync.<Long>eval("return 7", ScriptOutputType.INTEGER)).isEqualTo(7);
        String digest = sync.scriptLoad("return redis.call('get', KEYS[1])");
        sync.set("key", "value");
        assertThat(sync.<String>evalsha(digest, ScriptOutputType.VALUE, "key")).isEqualTo("value");
        sync.scriptFlush();
        assertThat(sync.<String>evalsha(digest, ScriptOutputType.VALUE, "key")).isEqualTo("value");
        assertThatThrownBy(() -> sync.evalsha("0".repeat(40), ScriptOutputType.VALUE, "key"))
                .isInstanceOf(RedisCommandExecutionException.class)
                .hasMessageStartingWith("NOSCRIPT");
    }

    @Test
    void should_not_stall_other_commands_while_one_blocks() throws Exception {
        RedisFuture<KeyValue<String, String>> first = connection.async().blpop(20, "queue");
        RedisFuture<KeyValue<String, String>> second = connection.async().blpop(20, "other");
        assertThat(sync.ping()).isEqualTo("PONG");
        sync.rpush("other", "b");
        assertThat(second.get(10, TimeUnit.SECONDS).getValue()).isEqualTo("b");
        sync.rpush("queue", "a");
        assertThat(first.get(10, TimeUnit.SECONDS).getValue()).isEqualTo("a");
        assertThat(sync.blpop(0.05, "queue")).isNull();
    }

    @Test
    void should_scan_every_key_once() {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            sync.set("key" + i, "v");
            expected.add("key" + i);
        }
        Set<String> found = new HashSet<>();
        ScanIterator.scan(sync, ScanArgs.Builder.limit(20)).forEachRemaining(found::add);
        assertThat(found).isEqualTo(expected);
        KeyScanCursor<String> cursor = sync.scan(ScanArgs.Builder.limit(10));
        assertThat(sync.scan(cursor).getKeys()).isNotEmpty();
    }

    @Test
    void should_select_a_database_on_every_socket() {
        sync.select(3);
        sync.set("only", "three");
        assertThat(connection.reading(Consistency.EVENTUAL).sync().get("only")).isEqualTo("three");
        assertThat(sync.blpop(0.01, "nothing")).isNull();
        sync.select(0);
        assertThat(connection.reading(Consistency.EVENTUAL).sync().get("only")).isNull();
        sync.clientSetname("regional");
        assertThat(sync.clientGetname()).isEqualTo("regional");
    }

    @Test
    void should_send_batches_when_they_are_flushed() throws Exception {
        connection.setAutoFlushCommands(false);
        List<RedisFuture<?>> futures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            futures.add(connection.async().set("key" + i, "v" + i));
            futures.add(connection.async().get("other" + i));
        }
        assertThat(futures).noneMatch(RedisFuture::isDone);
        connection.flushCommands();
        assertThat(LettuceFutures.awaitAll(10, TimeUnit.SECONDS, futures.toArray(RedisFuture[]::new)))
                .isTrue();
        connection.setAutoFlushCommands(true);
        assertThat(sync.get("key7")).isEqualTo("v7");
    }

    @Test
    void should_serve_the_reactive_api_and_custom_commands() {
        connection.reactive().set("key", "value").block(Duration.ofSeconds(10));
        assertThat(connection.reactive().get("key").block(Duration.ofSeconds(10)))
                .isEqualTo("value");
        assertThat(connection.reactive().mget("key", "none").collectList().block(Duration.ofSeconds(10)))
                .hasSize(2);
        assertThat(sync.<String>dispatch(
                        CommandType.SET,
                        new StatusOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8).addKey("custom").addValue("1")))
                .isEqualTo("OK");
        assertThat(sync.get("custom")).isEqualTo("1");
    }

    @Test
    void should_use_other_codecs() {
        try (RegionalConnection<byte[], byte[]> bytes = redis.connect(ByteArrayCodec.INSTANCE)) {
            bytes.sync().set(new byte[] {0, 1}, new byte[] {2});
            assertThat(bytes.sync().get(new byte[] {0, 1})).containsExactly(2);
        }
    }

    @Test
    void should_keep_errors_and_time_outs() {
        sync.set("text", "abc");
        assertThatThrownBy(() -> sync.incr("text")).isInstanceOf(RedisCommandExecutionException.class);
        connection.setTimeout(Duration.ofMillis(100));
        assertThatThrownBy(() -> sync.blpop(5, "never")).isInstanceOf(RedisCommandTimeoutException.class);
        connection.setTimeout(Duration.ofSeconds(10));
        assertThat(sync.ping()).isEqualTo("PONG");
    }
}
