package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import io.managedredis.Endpoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every method of Lettuce's command interfaces, called on a plain connection and on a regional one whose two addresses are the same
 * Redis, with keys of every type: the answers and the data afterwards are the same. What is left out, and why, is in
 * {@code sweep-exclusions.txt} beside this class.
 */
class CommandSweepTest {

    private static final List<String> KEYS =
            List.of("string", "list", "hash", "set", "sorted", "stream", "geo", "none");

    private static final String SEED = """
            redis.call('FLUSHALL')
            redis.call('SET', 'string', '7')
            redis.call('RPUSH', 'list', '1')
            redis.call('HSET', 'hash', '1', '1')
            redis.call('SADD', 'set', '1')
            redis.call('ZADD', 'sorted', 1, '1')
            redis.call('XADD', 'stream', '1-0', 'field', '1')
            redis.call('XGROUP', 'CREATE', 'stream', 'group', '0')
            redis.call('GEOADD', 'geo', 2.35, 48.85, '1')
            return 'OK'
            """;

    private static final String DIGEST = """
            local keys = redis.call('KEYS', '*')
            table.sort(keys)
            local all = ''
            for _, key in ipairs(keys) do
              local data
              if redis.call('TYPE', key).ok == 'stream' then
                -- A dump of a stream has the times of its consumers.
                data = cjson.encode(redis.call('XRANGE', key, '-', '+')) .. cjson.encode(redis.call('XINFO', 'GROUPS', key))
              else
                data = redis.call('DUMP', key)
              end
              all = all .. key .. redis.sha1hex(data) .. (redis.call('PTTL', key) >= 0 and '!' or '.')
            end
            return all
            """;

    private static RedisPair pair;
    private static RedisClient client;
    private static Map<String, String> exclusions;

    @BeforeAll
    static void start() throws IOException {
        pair = RedisPair.start();
        client = RedisClient.create(
                RedisURI.create(pair.primaryUrl().host(), pair.primaryUrl().port()));
        exclusions = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                CommandSweepTest.class.getResourceAsStream("sweep-exclusions.txt"), StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.trim().split("\\s+", 3);
                        exclusions.put(parts[0], parts[1]);
                    });
        }
    }

    @AfterAll
    static void stop() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        pair.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RESP3, SYNC",
        "RESP2, SYNC",
        "RESP3, ASYNC",
        "RESP3, REACTIVE",
        "RESP3, TRANSACTION",
        "RESP2, TRANSACTION"
    })
    void should_answer_each_command_as_a_plain_connection_does(ProtocolVersion protocol, Way way) {
        ClientOptions options = ClientOptions.builder()
                .protocolVersion(protocol)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .build();
        client.setOptions(options);
        List<String> differences = new ArrayList<>();
        TreeSet<String> unknownArguments = new TreeSet<>();
        int calls = 0;
        try (StatefulRedisConnection<String, String> admin = client.connect();
                StatefulRedisConnection<String, String> plain = client.connect();
                RegionalRedis redis = RegionalRedis.builder()
                        .topology(TopologySource.of(new Endpoints.ByRegion(
                                RedisPair.PRIMARY_REGION,
                                pair.primaryUrl(),
                                Map.of(RedisPair.REPLICA_REGION, pair.primaryUrl()))))
                        .localRegion(RedisPair.REPLICA_REGION)
                        .clientOptions(options)
                        .build();
                RegionalConnection<String, String> regional = redis.connect()) {
            plain.setTimeout(Duration.ofSeconds(3));
            regional.setTimeout(Duration.ofSeconds(3));
            for (Method method : way.methods()) {
                if ("out".equals(exclusion(method))) {
                    continue;
                }
                for (String key : KEYS) {
                    if (key.equals("none") && "blocks".equals(exclusion(method))) {
                        continue;
                    }
                    Optional<Object[]> expectedArguments = new SampleArguments(key).of(method);
                    if (expectedArguments.isEmpty()) {
                        unknownArguments.add(method.getName());
                        break;
                    }
                    String expected = answer(admin, plain, way, method, expectedArguments.get());
                    String answered = answer(
                            admin,
                            regional,
                            way,
                            method,
                            new SampleArguments(key).of(method).orElseThrow());
                    if ("kind".equals(exclusion(method))) {
                        expected = Answers.kind(expected);
                        answered = Answers.kind(answered);
                    }
                    calls++;
                    if (!answered.equals(expected)) {
                        differences.add(method.getName() + Arrays.toString(method.getParameterTypes()) + " with " + key
                                + "\n    plain:    " + expected + "\n    regional: " + answered);
                    }
                }
            }
        }
        assertThat(differences)
                .as(differences.size() + " differences in " + calls + " calls")
                .isEmpty();
        assertThat(unknownArguments).as("methods without sample arguments").isEmpty();
        assertThat(calls).isGreaterThan(2_000);
    }

    private static String exclusion(Method method) {
        String name = method.getName();
        String exact = exclusions.get(name);
        if (exact != null) {
            return exact;
        }
        return exclusions.entrySet().stream()
                .filter(each -> each.getKey().endsWith("*")
                        && name.startsWith(
                                each.getKey().substring(0, each.getKey().length() - 1)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static String answer(
            StatefulRedisConnection<String, String> admin,
            StatefulRedisConnection<String, String> connection,
            Way way,
            Method method,
            Object[] arguments) {
        admin.sync().eval(SEED, ScriptOutputType.STATUS);
        admin.sync().aclDeluser("1");
        String answer = way.call(connection, method, arguments);
        return answer + " leaving " + admin.sync().<String>eval(DIGEST, ScriptOutputType.VALUE);
    }

    /** The API a command is called through. */
    enum Way {
        SYNC(RedisCommands.class) {
            @Override
            String call(StatefulRedisConnection<?, ?> connection, Method method, Object[] arguments) {
                return Answers.of(connection.sync(), method, arguments);
            }
        },
        ASYNC(RedisAsyncCommands.class) {
            @Override
            String call(StatefulRedisConnection<?, ?> connection, Method method, Object[] arguments) {
                return Answers.of(connection.async(), method, arguments);
            }
        },
        REACTIVE(RedisReactiveCommands.class) {
            @Override
            String call(StatefulRedisConnection<?, ?> connection, Method method, Object[] arguments) {
                return Answers.of(connection.reactive(), method, arguments);
            }
        },
        TRANSACTION(RedisAsyncCommands.class) {
            @Override
            String call(StatefulRedisConnection<?, ?> connection, Method method, Object[] arguments) {
                connection.sync().multi();
                Object queued;
                try {
                    queued = method.invoke(connection.async(), arguments);
                } catch (ReflectiveOperationException failed) {
                    connection.sync().discard();
                    return Answers.failure(failed);
                }
                return Answers.of(() -> {
                            TransactionResult result = connection.sync().exec();
                            return result;
                        })
                        + " and " + Answers.of(() -> queued);
            }
        };

        private final Class<?> api;

        Way(Class<?> api) {
            this.api = api;
        }

        List<Method> methods() {
            return Arrays.stream(api.getMethods())
                    .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
                    .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toGenericString))
                    .toList();
        }

        abstract String call(StatefulRedisConnection<?, ?> connection, Method method, Object[] arguments);
    }
}
