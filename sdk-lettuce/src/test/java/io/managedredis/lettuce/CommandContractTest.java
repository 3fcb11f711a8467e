package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.Consumer;
import io.lettuce.core.KillArgs;
import io.lettuce.core.LMoveArgs;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.ScanStream;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SortArgs;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.CompressionCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.dynamic.Commands;
import io.lettuce.core.dynamic.RedisCommandFactory;
import io.lettuce.core.dynamic.annotation.Command;
import io.lettuce.core.dynamic.batch.BatchExecutor;
import io.lettuce.core.dynamic.batch.BatchSize;
import io.lettuce.core.dynamic.domain.Timeout;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.output.VoidOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.Endpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What programs do with a connection beyond single commands: each scenario runs on a plain connection and on a regional one whose
 * two addresses are the same Redis, and both write the same account. Single commands are the sweep's.
 *
 * <p>What differs on purpose, and is not compared: a regional connection has a socket to each address and one more for blocking
 * commands, so CLIENT LIST shows it several times, and with {@code CLIENT TRACKING BCAST} each socket reports an invalidation;
 * NOSCRIPT is answered by loading a script that was loaded through the same {@link RegionalRedis} before.
 */
@SuppressWarnings({"deprecation", "unchecked"}) // Programs call what Lettuce has deprecated, and arrays of offsets.
class CommandContractTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static RedisPair pair;

    @BeforeAll
    static void start() throws IOException {
        pair = RedisPair.start();
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    static List<Object[]> scenarios() {
        List<Object[]> all = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            all.add(new Object[] {scenario, ProtocolVersion.RESP3});
            all.add(new Object[] {scenario, ProtocolVersion.RESP2});
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void should_do_as_a_plain_connection_does(Scenario scenario, ProtocolVersion protocol) {
        ClientOptions options = options(protocol).build();
        RedisClient client = client(options);
        try {
            Account expected = new Account();
            Account account = new Account();
            try (StatefulRedisConnection<String, String> other = client.connect();
                    StatefulRedisConnection<String, String> plain = client.connect()) {
                other.sync().flushall();
                scenario.run(plain, other, expected);
            }
            try (StatefulRedisConnection<String, String> other = client.connect();
                    RegionalRedis redis = regional(options);
                    RegionalConnection<String, String> connection = redis.connect()) {
                other.sync().flushall();
                scenario.run(connection, other, account);
            }
            assertThat(expected.lines()).isNotEmpty();
            assertThat(account.lines()).isEqualTo(expected.lines());
        } finally {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolVersion.class,
            names = {"RESP2", "RESP3"})
    void should_time_out_commands_as_the_options_say(ProtocolVersion protocol) {
        ClientOptions options = options(protocol)
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutCommands(true)
                        .fixedTimeout(Duration.ofMillis(200))
                        .build())
                .build();
        try (RegionalRedis redis = regional(options);
                RegionalConnection<String, String> connection = redis.connect()) {
            assertThat(connection.getOptions().getTimeoutOptions().isTimeoutCommands())
                    .isTrue();
            assertThat(Answers.of(() -> connection.async().blpop(100, "nothing").get(20, TimeUnit.SECONDS)))
                    .startsWith("!RedisCommandTimeoutException");
            assertThat(connection.sync().set("key", "value")).isEqualTo("OK");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolVersion.class,
            names = {"RESP2", "RESP3"})
    void should_encode_as_the_codec_does(ProtocolVersion protocol) {
        RedisClient client = client(options(protocol).build());
        List<RedisCodec<?, ?>> codecs = List.of(
                StringCodec.ASCII,
                RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE),
                CompressionCodec.valueCompressor(StringCodec.UTF8, CompressionCodec.CompressionType.GZIP),
                CompressionCodec.valueCompressor(StringCodec.UTF8, CompressionCodec.CompressionType.DEFLATE));
        try (RegionalRedis redis = regional(options(protocol).build())) {
            for (RedisCodec<?, ?> codec : codecs) {
                writeAndRead(client, redis, codec);
            }
        } finally {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    @SuppressWarnings("unchecked")
    private static <V> void writeAndRead(RedisClient client, RegionalRedis redis, RedisCodec<?, ?> codec) {
        RedisCodec<String, V> typed = (RedisCodec<String, V>) codec;
        boolean bytes = typed.decodeValue(typed.encodeValue((V) null)) instanceof byte[];
        V value = (V) (bytes ? "value".getBytes(StandardCharsets.UTF_8) : "value".repeat(50));
        try (RegionalConnection<String, V> connection = redis.connect(typed);
                StatefulRedisConnection<String, V> plain = client.connect(typed)) {
            connection.sync().set("coded", value);
            assertThat(Answers.text(connection.sync().get("coded"))).isEqualTo(Answers.text(value));
            assertThat(Answers.text(plain.sync().get("coded"))).isEqualTo(Answers.text(value));
            connection.sync().lpush("list", value);
            assertThat(Answers.text(connection.sync().blpop(1, "list").getValue()))
                    .isEqualTo(Answers.text(value));
        }
    }

    private static ClientOptions.Builder options(ProtocolVersion protocol) {
        return ClientOptions.builder()
                .protocolVersion(protocol)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled());
    }

    private static RedisClient client(ClientOptions options) {
        RedisClient client = RedisClient.create(
                RedisURI.create(pair.primaryUrl().host(), pair.primaryUrl().port()));
        client.setOptions(options);
        return client;
    }

    private static RegionalRedis regional(ClientOptions options) {
        return RegionalRedis.builder()
                .topology(TopologySource.of(new Endpoints.ByRegion(
                        RedisPair.PRIMARY_REGION,
                        pair.primaryUrl(),
                        Map.of(RedisPair.REPLICA_REGION, pair.primaryUrl()))))
                .localRegion(RedisPair.REPLICA_REGION)
                .clientOptions(options)
                .build();
    }

    /** What happened, step by step. */
    static final class Account {

        private final List<String> lines = new ArrayList<>();

        void note(Object answer) {
            lines.add(Answers.text(answer));
        }

        void call(Callable<?> call) {
            lines.add(Answers.of(call));
        }

        List<String> lines() {
            return lines;
        }
    }

    /** Commands by annotated methods. */
    interface Dynamic extends Commands {

        @Command("SET ?0 ?1")
        String put(String key, String value);

        @Command("GET")
        String fetch(String key);

        @Command("GET")
        RedisFuture<String> fetchLater(String key);

        @Command("GET")
        Mono<String> fetchReactively(String key);

        @Command("LRANGE ?0 0 -1")
        List<String> all(String key);

        @Command("BLPOP ?0 5")
        List<String> pop(String key, Timeout timeout);
    }

    /** Commands that are sent in batches. */
    @BatchSize(3)
    interface Batched extends Commands, BatchExecutor {

        void set(String key, String value);

        void llen(String key);
    }

    /** Names of commands that Lettuce does not know as its own. */
    enum Name implements ProtocolKeyword {
        SET,
        GET,
        PING,
        MISSING;

        @Override
        public byte[] getBytes() {
            return name().getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Something a program does. */
    enum Scenario {
        TRANSACTIONS {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommands<String, String> redis = connection.sync();
                account.call(redis::multi);
                account.note(connection.isMulti());
                account.call(() -> redis.set("one", "1"));
                account.call(() -> redis.get("one"));
                account.call(() -> redis.mget("one", "two"));
                account.call(redis::exec);
                account.note(connection.isMulti());
                account.call(redis::exec);
                account.call(redis::discard);
                account.call(redis::unwatch);

                // After this error a plain connection forgets its open transaction, which a regional one does not.
                account.call(redis::multi);
                account.call(redis::multi);
                account.call(redis::discard);

                account.call(redis::multi);
                account.call(() -> redis.set("dropped", "1"));
                account.call(redis::discard);
                account.call(() -> redis.get("dropped"));

                account.call(redis::multi);
                account.call(() -> redis.set("text", "abc"));
                account.call(() -> redis.lpop("text"));
                account.call(() -> redis.get("text"));
                account.call(redis::exec);

                account.call(redis::multi);
                account.call(redis::exec);

                account.call(() -> redis.watch("one"));
                account.call(() -> redis.get("one"));
                other.sync().set("one", "changed");
                account.call(redis::multi);
                account.call(() -> redis.append("one", "x"));
                account.call(redis::exec);
                account.call(() -> redis.get("one"));

                account.call(() -> redis.watch("one"));
                other.sync().set("one", "again");
                account.call(redis::unwatch);
                account.call(redis::multi);
                account.call(() -> redis.append("one", "x"));
                account.call(redis::exec);

                account.call(redis::multi);
                account.call(() -> redis.dispatch(Name.MISSING, new StatusOutput<>(StringCodec.UTF8)));
                account.call(() -> redis.set("aborted", "1"));
                account.call(redis::exec);
                account.call(() -> redis.exists("aborted"));
                account.note(connection.isMulti());
            }
        },
        TRANSACTIONS_BY_OTHER_APIS {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisAsyncCommands<String, String> async = connection.async();
                List<RedisFuture<?>> futures = new ArrayList<>(
                        List.of(async.multi(), async.set("key", "1"), async.incr("key"), async.lpush("key", "x")));
                RedisFuture<TransactionResult> executed = async.exec();
                account.call(() -> executed);
                futures.forEach(future -> account.call(() -> future));

                RedisReactiveCommands<String, String> reactive = connection.reactive();
                List<Object> seen = new CopyOnWriteArrayList<>();
                account.call(reactive::multi);
                reactive.set("key", "value").subscribe(seen::add);
                reactive.get("key").subscribe(seen::add);
                reactive.lpush("key", "x").subscribe(seen::add, failed -> seen.add(Answers.failure(failed)));
                account.call(reactive::exec);
                account.note(seen);

                account.call(reactive::multi);
                reactive.set("key", "dropped").subscribe(seen::add);
                account.call(reactive::discard);
                account.call(() -> reactive.get("key"));

                AsyncCommand<String, String, String> multi = new AsyncCommand<>(new io.lettuce.core.protocol.Command<>(
                        CommandType.MULTI, new StatusOutput<>(StringCodec.UTF8)));
                AsyncCommand<String, String, String> set = new AsyncCommand<>(new io.lettuce.core.protocol.Command<>(
                        CommandType.SET,
                        new StatusOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8).addKey("batched").addValue("1")));
                AsyncCommand<String, String, TransactionResult> exec =
                        new AsyncCommand<>(new io.lettuce.core.protocol.Command<>(CommandType.EXEC, null));
                account.note(
                        connection.dispatch(Arrays.asList(multi, set, exec)).size());
                account.call(() -> multi.get(20, TimeUnit.SECONDS));
                account.call(() -> set.get(20, TimeUnit.SECONDS));
                account.call(() -> exec.get(20, TimeUnit.SECONDS));
                account.call(() -> connection.sync().get("batched"));
            }
        },
        CUSTOM_COMMANDS {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommands<String, String> redis = connection.sync();
                account.call(() -> redis.dispatch(
                        Name.SET,
                        new StatusOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8).addKey("key").addValue("value")));
                account.call(() -> redis.dispatch(
                        Name.GET,
                        new ValueOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8).addKey("key")));
                account.call(() -> redis.dispatch(Name.MISSING, new StatusOutput<>(StringCodec.UTF8)));
                account.call(() -> redis.dispatch(
                        CommandType.LLEN, VoidOutput.create(), new CommandArgs<>(StringCodec.UTF8).addKey("key")));
                account.call(() -> redis.dispatch(
                        CommandType.LLEN, new VoidOutput<>(), new CommandArgs<>(StringCodec.UTF8).addKey("key")));
                account.call(() -> redis.dispatch(CommandType.MULTI, new StatusOutput<>(StringCodec.UTF8)));
                account.call(redis::exec);

                RedisCommand<String, String, String> alone = ping();
                account.note(connection.dispatch(alone).isCancelled());
                await().atMost(LONG).until(alone::isDone);
                account.note(alone.getOutput().get());
                AsyncCommand<String, String, String> first = new AsyncCommand<>(ping());
                AsyncCommand<String, String, String> second = new AsyncCommand<>(ping());
                account.note(connection.dispatch(List.of(first, second)).size());
                account.call(() -> first.get(20, TimeUnit.SECONDS) + second.get(20, TimeUnit.SECONDS));
                AsyncCommand<String, String, String> single = new AsyncCommand<>(ping());
                account.note(connection.dispatch(single) == single);
                account.call(() -> single.get(20, TimeUnit.SECONDS));
                account.call(() -> connection
                        .reactive()
                        .dispatch(
                                Name.GET,
                                new ValueOutput<>(StringCodec.UTF8),
                                new CommandArgs<>(StringCodec.UTF8).addKey("key")));
            }

            private RedisCommand<String, String, String> ping() {
                return new io.lettuce.core.protocol.Command<>(Name.PING, new StatusOutput<>(StringCodec.UTF8), null);
            }
        },
        COMMAND_INTERFACES {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommandFactory factory = new RedisCommandFactory(connection);
                Dynamic dynamic = factory.getCommands(Dynamic.class);
                account.call(() -> dynamic.put("key", "value"));
                account.call(() -> dynamic.fetch("key"));
                account.call(() -> dynamic.fetchLater("key"));
                account.call(() -> dynamic.fetchReactively("key"));
                other.sync().rpush("list", "a", "b");
                account.call(() -> dynamic.all("list"));
                account.call(() -> dynamic.pop("list", Timeout.create(Duration.ofSeconds(5))));
                Batched batched = factory.getCommands(Batched.class);
                batched.set("one", "1");
                batched.set("two", "2");
                account.call(() -> other.sync().exists("one", "two"));
                batched.set("three", "3");
                await().atMost(LONG).until(() -> other.sync().exists("one", "two", "three") == 3);
                batched.set("four", "4");
                batched.flush();
                await().atMost(LONG).until(() -> other.sync().exists("four") == 1);
                account.call(() -> connection.sync().get("four"));
            }
        },
        SESSION {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommands<String, String> redis = connection.sync();
                account.note(redis.getStatefulConnection() == connection);
                account.note(connection.async().getStatefulConnection() == connection);
                account.note(connection.reactive().getStatefulConnection() == connection);
                account.note(connection.getOptions().getProtocolVersion());
                account.note(connection.getOptions().isAutoReconnect());
                account.note(connection.getCodec());
                account.note(connection.getResources() != null);
                connection.setTimeout(Duration.ofSeconds(7));
                account.note(connection.getTimeout());
                account.note(connection.isOpen());

                account.call(redis::clientGetname);
                account.call(() -> redis.clientSetname("me"));
                account.call(redis::clientGetname);
                account.call(() -> redis.clientSetname(""));
                account.call(redis::clientGetname);
                account.call(() -> redis.clientNoEvict(true));

                account.call(() -> redis.set("key", "zero"));
                account.call(() -> redis.select(1));
                account.call(() -> redis.get("key"));
                account.call(() -> redis.set("key", "one"));
                account.call(() -> redis.select(99));
                account.call(() -> redis.get("key"));
                account.call(() -> redis.swapdb(0, 1));
                account.call(() -> redis.get("key"));
                account.call(() -> redis.move("key", 0));
                account.call(() -> redis.blpop(0.01, "nothing"));
                account.call(redis::flushdb);
                account.call(() -> redis.select(0));
                account.call(() -> redis.get("key"));

                account.call(() -> redis.auth("wrong"));
                account.call(() -> redis.auth("nobody", "wrong"));
                account.call(() -> redis.get("key"));
                other.sync()
                        .aclSetuser(
                                "reader",
                                AclSetuserArgs.Builder.on()
                                        .addPassword("secret")
                                        .allCommands()
                                        .allKeys()
                                        .allChannels());
                account.call(() -> redis.auth("reader", "wrong"));
                account.call(redis::aclWhoami);
                account.call(() -> redis.auth("reader", "secret"));
                account.call(redis::aclWhoami);
                account.call(() -> redis.get("key"));
                account.call(() -> redis.blpop(0.01, "nothing"));
                other.sync().aclDeluser("reader");
            }
        },
        SCRIPTS_AND_FUNCTIONS {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommands<String, String> redis = connection.sync();
                other.sync().functionFlush(io.lettuce.core.FlushMode.SYNC);
                account.call(() -> redis.set("key", "7"));
                account.call(() -> redis.eval("return 1 + 1 == 2", ScriptOutputType.BOOLEAN));
                account.call(() -> redis.eval("return redis.call('get', KEYS[1])", ScriptOutputType.VALUE, "key"));
                account.call(
                        () -> redis.eval("return {KEYS[1], ARGV[1], {1}}", ScriptOutputType.MULTI, arr("key"), "a"));
                account.call(() -> redis.eval(
                        "return redis.call('incr', KEYS[1])".getBytes(StandardCharsets.UTF_8),
                        ScriptOutputType.INTEGER,
                        "key"));
                account.call(() ->
                        redis.evalReadOnly("return redis.call('get', KEYS[1])", ScriptOutputType.VALUE, arr("key")));
                account.call(() ->
                        redis.evalReadOnly("return redis.call('incr', KEYS[1])", ScriptOutputType.INTEGER, arr("key")));
                account.call(() -> redis.eval("return redis.error_reply('MINE no')", ScriptOutputType.STATUS));
                account.call(() -> redis.eval("return {err = 'oops'", ScriptOutputType.STATUS));
                account.call(() -> redis.evalsha("0".repeat(40), ScriptOutputType.STATUS));
                account.call(() -> redis.evalshaReadOnly("0".repeat(40), ScriptOutputType.STATUS, arr("key")));
                String digest = redis.scriptLoad("return redis.call('get', KEYS[1])");
                account.note(digest);
                account.note(redis.digest("return redis.call('get', KEYS[1])"));
                account.call(() -> redis.scriptExists(digest, "0".repeat(40)));
                account.call(() -> redis.evalsha(digest, ScriptOutputType.VALUE, "key"));
                account.call(() -> redis.evalshaReadOnly(digest, ScriptOutputType.VALUE, arr("key")));
                account.call(() -> redis.scriptFlush());
                account.call(() -> redis.scriptExists(digest));
                account.call(redis::scriptKill);

                String library = "#!lua name=mine\n"
                        + "redis.register_function('put', function(keys, args)"
                        + " return redis.call('set', keys[1], args[1]) end)\n"
                        + "redis.register_function{function_name='look', callback=function(keys)"
                        + " return redis.call('get', keys[1]) end, flags={'no-writes'}}";
                account.call(() -> redis.functionLoad(library));
                account.call(() -> redis.functionLoad(library));
                account.call(() -> redis.functionLoad(library, true));
                account.call(() -> redis.fcall("put", ScriptOutputType.STATUS, arr("key"), "written"));
                account.call(() -> redis.get("key"));
                account.call(() -> redis.fcallReadOnly("look", ScriptOutputType.VALUE, arr("key")));
                account.call(() -> redis.fcallReadOnly("put", ScriptOutputType.STATUS, arr("key"), "no"));
                account.call(() -> redis.functionList("mine").size());
                byte[] dump = redis.functionDump();
                account.call(() -> redis.functionFlush(io.lettuce.core.FlushMode.SYNC));
                account.call(() -> redis.fcall("look", ScriptOutputType.VALUE, arr("key")));
                account.call(() -> redis.functionRestore(dump));
                account.call(() -> redis.fcall("look", ScriptOutputType.VALUE, arr("key")));
                account.call(redis::functionKill);
            }
        },
        BLOCKING {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommands<String, String> redis = connection.sync();
                RedisAsyncCommands<String, String> async = connection.async();
                account.call(() -> redis.blpop(0.01, "none"));
                account.call(() -> redis.brpoplpush(0.01, "none", "to"));
                account.call(() -> redis.bzpopmin(0.01, "none"));
                account.call(() -> redis.bzpopmax(0.01, "none"));
                RedisFuture<?> popped = async.blpop(20, "first", "second");
                other.sync().rpush("second", "pushed");
                account.call(() -> popped);
                RedisFuture<?> moved = async.blmove("from", "to", LMoveArgs.Builder.leftRight(), 20);
                other.sync().rpush("from", "moving");
                account.call(() -> moved);
                account.call(() -> redis.lrange("to", 0, -1));
                RedisFuture<?> scored = async.bzpopmin(20, "sorted");
                other.sync().zadd("sorted", 1, "member");
                account.call(() -> scored);
                account.call(() -> redis.blpop(1, "sorted"));
                account.call(() -> redis.rpush("list", "1", "2"));
                account.call(() -> connection.reactive().blpop(1, "list"));
                account.call(() -> redis.llen("list"));

                account.call(() -> redis.multi());
                account.call(() -> redis.blpop(1, "list"));
                account.call(() -> redis.blpop(1, "list"));
                account.call(() -> redis.exec());
                account.call(() -> redis.waitForReplication(0, 10));

                connection.setTimeout(Duration.ofMillis(150));
                account.call(() -> redis.blpop(5, "none"));
                connection.setTimeout(LONG);
                account.call(redis::ping);
            }
        },
        STREAMS {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommands<String, String> redis = connection.sync();
                for (int i = 1; i <= 3; i++) {
                    int id = i;
                    account.call(() -> redis.xadd(
                            "stream",
                            new io.lettuce.core.XAddArgs().id(id + "-0"),
                            Map.of("field", Integer.toString(id))));
                }
                account.call(() -> redis.xrange("stream", Range.unbounded()));
                account.call(() -> redis.xrevrange("stream", Range.unbounded()));
                account.call(() -> redis.xread(StreamOffset.from("stream", "1-0")));
                account.call(() -> redis.xgroupCreate(
                        StreamOffset.from("later", "0"), "group", XGroupCreateArgs.Builder.mkstream()));
                account.call(() -> redis.xgroupCreate(StreamOffset.from("stream", "0"), "group"));
                account.call(() -> redis.xgroupCreate(StreamOffset.from("stream", "0"), "group"));
                Consumer<String> consumer = Consumer.from("group", "me");
                account.call(() -> redis.xreadgroup(consumer, StreamOffset.lastConsumed("stream")));
                account.call(() -> redis.xpending("stream", "group"));
                account.call(() -> redis.xack("stream", "group", "1-0", "2-0"));
                account.call(() -> redis.xpending("stream", "group"));
                account.call(() -> redis.xclaim("stream", Consumer.from("group", "you"), 0, "3-0"));
                account.call(() -> redis.xreadgroup(
                        consumer, XReadArgs.Builder.block(Duration.ofMillis(10)), StreamOffset.lastConsumed("stream")));
                RedisFuture<?> read = connection
                        .async()
                        .xread(XReadArgs.Builder.block(Duration.ofSeconds(20)), StreamOffset.from("stream", "3-0"));
                other.sync().xadd("stream", new io.lettuce.core.XAddArgs().id("4-0"), Map.of("field", "4"));
                account.call(() -> read);
                account.call(() -> redis.xinfoStream("stream").size());
                account.call(() -> redis.xdel("stream", "1-0"));
                account.call(() -> redis.xtrim("stream", 1));
                account.call(() -> redis.xlen("stream"));
                account.call(() -> redis.xgroupDestroy("stream", "group"));
            }
        },
        STREAMING_OUTPUTS {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommands<String, String> redis = connection.sync();
                redis.mset(Map.of("a", "1", "b", "2"));
                redis.rpush("list", "x", "y");
                redis.hset("hash", Map.of("f", "1"));
                redis.zadd("sorted", 1, "m");
                redis.sadd("set", "s");
                List<Object> arrived = new ArrayList<>();
                account.call(() -> redis.mget((key, value) -> arrived.add(key + value), "a", "b", "none"));
                account.call(() -> redis.lrange(arrived::add, "list", 0, -1));
                account.call(() -> redis.hgetall((key, value) -> arrived.add(key + value), "hash"));
                account.call(() -> redis.hkeys(arrived::add, "hash"));
                account.call(() -> redis.hvals(arrived::add, "hash"));
                account.call(() -> redis.smembers(arrived::add, "set"));
                account.call(() -> redis.zrangeWithScores(value -> arrived.add(value.toString()), "sorted", 0, -1));
                account.call(() -> redis.sort(
                        arrived::add, "list", SortArgs.Builder.alpha().desc()));
                account.call(() -> redis.scan(key -> arrived.add("scanned"), ScanArgs.Builder.matches("hash")));
                account.note(arrived);
            }
        },
        SCANS {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommands<String, String> redis = connection.sync();
                for (int i = 0; i < 600; i++) {
                    redis.set("key" + i, "v");
                    redis.sadd("set", "m" + i);
                    redis.hset("hash", "f" + i, "v");
                    redis.zadd("sorted", i, "m" + i);
                }
                TreeSet<String> keys = new TreeSet<>();
                ScanIterator.scan(redis, ScanArgs.Builder.limit(50)).forEachRemaining(keys::add);
                account.note(keys);
                TreeSet<String> members = new TreeSet<>();
                ScanIterator.sscan(redis, "set").forEachRemaining(members::add);
                ScanIterator.hscan(redis, "hash").forEachRemaining(each -> members.add(each.getKey()));
                ScanIterator.zscan(redis, "sorted").forEachRemaining(each -> members.add(each.getValue()));
                account.note(members);
                account.call(() -> ScanStream.scan(connection.reactive()).sort().collectList());
                account.call(() ->
                        ScanStream.sscan(connection.reactive(), "set").sort().collectList());
                account.call(() -> redis.scan(io.lettuce.core.ScanCursor.of("x")));
            }
        },
        PIPELINES {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisAsyncCommands<String, String> async = connection.async();
                connection.setAutoFlushCommands(false);
                List<RedisFuture<?>> batch = new ArrayList<>();
                for (int i = 0; i < 5_000; i++) {
                    batch.add(async.set("key" + i, "v" + i));
                    batch.add(async.get("key" + i));
                }
                account.note(batch.stream().anyMatch(RedisFuture::isDone));
                connection.flushCommands();
                connection.setAutoFlushCommands(true);
                account.note(LettuceFutures.awaitAll(LONG, batch.toArray(RedisFuture[]::new)));
                batch.subList(9_990, 10_000).forEach(future -> account.call(() -> future));
                List<RedisFuture<Long>> counted = new ArrayList<>();
                for (int i = 0; i < 10_000; i++) {
                    counted.add(async.incr("counter"));
                }
                account.call(() -> counted.get(9_999));
                account.call(() -> Flux.range(0, 2_000)
                        .flatMap(i -> connection.reactive().incr("counter"))
                        .count());
                account.call(() -> connection.sync().get("counter"));
                String large = "v".repeat(3_000_000);
                account.call(() -> connection.sync().set("large", large));
                account.note(connection.sync().get("large").equals(large));
                account.note(connection.sync().mget("large", "large").size());
            }
        },
        TRACKING {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommands<String, String> redis = connection.sync();
                boolean pushes = connection.getOptions().getProtocolVersion() == ProtocolVersion.RESP3;
                account.call(() -> redis.clientTracking(TrackingArgs.Builder.enabled(false)));
                account.call(() -> redis.clientCaching(true));
                if (!pushes) {
                    account.call(() -> redis.clientTracking(TrackingArgs.Builder.enabled()));
                    return;
                }
                account.call(() -> redis.clientTracking(TrackingArgs.Builder.enabled()));
                List<String> invalidated = new CopyOnWriteArrayList<>();
                PushListener listener =
                        message -> invalidated.add(message.getType() + message.getContent(StringCodec.UTF8::decodeKey));
                connection.addListener(listener);
                account.call(() -> redis.get("tracked"));
                other.sync().set("tracked", "1");
                await().atMost(LONG).until(() -> !invalidated.isEmpty());
                account.call(() -> redis.get("tracked"));
                account.call(() -> redis.set("tracked", "2"));
                await().atMost(LONG).until(() -> invalidated.size() > 1);
                account.note(invalidated);
                connection.removeListener(listener);
                account.call(() -> redis.get("tracked"));
                other.sync().set("tracked", "3");
                account.call(redis::ping);
                account.note(invalidated);
                account.call(() -> redis.clientTracking(TrackingArgs.Builder.enabled(false)));
                account.call(() ->
                        redis.clientTracking(TrackingArgs.Builder.enabled().optin()));
                account.call(() -> redis.clientCaching(true));
                account.call(() -> redis.clientTracking(TrackingArgs.Builder.enabled(false)));
            }
        },
        KILLED_SOCKETS {
            @Override
            void run(
                    StatefulRedisConnection<String, String> connection,
                    StatefulRedisConnection<String, String> other,
                    Account account) {
                RedisCommands<String, String> redis = connection.sync();
                account.call(() -> redis.select(2));
                account.call(() -> redis.set("key", "value"));
                account.note(
                        other.sync().clientKill(KillArgs.Builder.typeNormal().skipme()) > 0);
                await().atMost(LONG).until(() -> Answers.of(redis::ping).equals("String(PONG)"));
                account.call(() -> redis.get("key"));
                account.call(() -> redis.rpush("list", "1"));
                account.call(() -> redis.blpop(1, "list"));
                account.call(() -> redis.quit());
                await().atMost(LONG).until(() -> Answers.of(redis::ping).equals("String(PONG)"));
                account.call(() -> redis.get("key"));
                account.note(connection.isOpen());
                connection.close();
                account.note(connection.isOpen());
                account.call(() -> redis.get("key"));
            }
        };

        abstract void run(
                StatefulRedisConnection<String, String> connection,
                StatefulRedisConnection<String, String> other,
                Account account);

        private static String[] arr(String... keys) {
            return keys;
        }
    }
}
