package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static io.managedredis.testing.internal.data.TestDatabases.MAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Region;
import io.managedredis.testing.Distances;
import io.managedredis.testing.Face;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.RunningDatabase;
import io.managedredis.testing.internal.data.redis.RedisBinaryResolver;
import io.managedredis.testing.internal.data.redis.RedisLauncher;
import io.managedredis.testing.internal.data.redis.RedisProcess;
import io.managedredis.testing.internal.data.redis.RedisSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client gets through a gateway is byte for byte what plain Redis answers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DifferentialTest {

    private static final int BATCHES = 25;
    private static final int LARGEST_BATCH = 200;
    private static final String COUNTING = "#!lua name=counting\nredis.register_function{function_name='count',"
            + " callback=function(keys) return redis.call('exists', keys[1]) end, flags={'no-writes'}}";

    private final LocalDataPlane plane =
            LocalDataPlane.create(DataPlaneOptions.defaults().with(Face.REDIS).with(Distances.none()));
    private final RedisLauncher launcher =
            RedisLauncher.create(RedisBinaryResolver.forThisMachine().resolve(Optional.empty()));
    private final RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));
    private RedisProcess redis;

    @BeforeEach
    void startPlainRedis() {
        redis = launcher.start(RedisSettings.primary(TestDatabases.PASSWORD));
        redis.awaitListening(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        plane.close();
        launcher.close();
    }

    @ParameterizedTest
    @CsvSource({"mad,2,1", "mad,3,2", "ams,2,3", "ams,3,4", "ams,2,5", "ams,3,6", "mad,2,7", "ams,3,8"})
    void should_answer_random_commands_as_plain_redis_does(String region, String protocol, long seed) {
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(seed);
        try (RespClient plain = plain();
                RespClient gateway = through(Region.of(region))) {
            for (RespClient client : List.of(plain, gateway)) {
                client.ask("HELLO", protocol);
                client.ask("FUNCTION", "LOAD", COUNTING);
            }
            for (int batch = 0; batch < BATCHES; batch++) {
                compare(plain, gateway, commands.next(1 + random.nextInt(LARGEST_BATCH)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"mad,2", "mad,3", "ams,2", "ams,3"})
    void should_answer_everything_about_the_connection_as_plain_redis_does(String region, String protocol) {
        try (RespClient plain = plain();
                RespClient gateway = through(Region.of(region))) {
            plain.ask("HELLO", protocol);
            gateway.ask("HELLO", protocol);
            for (String script : List.of(
                    "SELECT 3; SET a 3; SELECT 0; GET a; SELECT 3; GET a; GET b; DBSIZE; SELECT 16; GET a; SELECT -1; SELECT",
                    "CLIENT SETNAME me; CLIENT GETNAME; CLIENT SETNAME; CLIENT NOSUCH; CLIENT REPLY",
                    "MULTI; SELECT 5; SET b 5; EXEC; GET b; SELECT 0; GET b; SELECT 5; GET b; SELECT 0",
                    "MULTI; SELECT 4; DISCARD; SET c 0; SELECT 4; GET c; SELECT 0; GET c",
                    "MULTI; MULTI; SET d; EXEC; GET d; EXEC; DISCARD; WATCH d; SET d 1; MULTI; GET d; EXEC; GET d",
                    "WATCH; WATCH e; UNWATCH; SET e 1; MULTI; SET e 2; EXEC; GET e; MULTI; WATCH e; EXEC",
                    "SUBSCRIBE; PSUBSCRIBE; UNSUBSCRIBE; PUNSUBSCRIBE; UNSUBSCRIBE x y; PING; GET e",
                    "SUBSCRIBE a b a; PSUBSCRIBE p*; PING; PING x; GET e; UNSUBSCRIBE a; UNSUBSCRIBE; PUNSUBSCRIBE; GET e",
                    "SSUBSCRIBE a; SUNSUBSCRIBE; GET e; PUBLISH a b",
                    "CLIENT REPLY SKIP; SET f 1; GET f; CLIENT REPLY OFF; SET f 2; CLIENT REPLY ON; GET f",
                    "CLIENT REPLY SKIP; SUBSCRIBE f; UNSUBSCRIBE f; CLIENT REPLY OFF; SUBSCRIBE f; UNSUBSCRIBE; CLIENT REPLY ON",
                    "SCRIPT LOAD x; SCRIPT EXISTS y; EVAL x 0; EVAL 'return 1' 0; FUNCTION NOSUCH; FCALL none 0; FCALL_RO none 0",
                    "AUTH; AUTH a b c; AUTH wrong; AUTH default wrong; AUTH nobody wrong; GET e; HELLO x; HELLO 9; HELLO 2 x",
                    "ACL SETUSER joe on >pw ~* +@all; AUTH joe pw; ACL WHOAMI; SET g 1; GET g; AUTH joe no; ACL WHOAMI",
                    "COMMAND COUNT; COMMAND INFO get; LOLWUT VERSION 1; OBJECT HELP; CONFIG GET hz; MEMORY NOSUCH",
                    "BLPOP none 0.01; BRPOP none 0.01; LPUSH q 1 2; BLPOP q 0; BLMOVE q r LEFT LEFT 0; XREAD BLOCK 10 STREAMS s $",
                    "CONFIG SET notify-keyspace-events KEA; CONFIG GET notify-keyspace-events; CONFIG SET; CONFIG SET nosuch 1",
                    "FAILOVER ABORT; CLUSTER INFO; READONLY; DEBUG NOSUCH; SLOWLOG NOSUCH; LATENCY RESET; MODULE LIST")) {
                compare(plain, gateway, requests(script));
            }
            compare(
                    plain,
                    gateway,
                    List.of(
                            RespClient.encode("SET", "h", "1"),
                            "\r\n\r\nGET h\r\n".getBytes(),
                            "*0\r\n*-1\r\nPING\r\n".getBytes()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mad,'*a\r\n'", "mad,'*1\r\nx\r\n'", "mad,'*1\r\n$-1\r\n'", "mad,'*1\r\n$a\r\n'",
                "mad,'*2\r\n$3\r\nGET\r\n$900000000\r\n'",
        "ams,'*99999999999\r\n'", "ams,'*2\r\n$3\r\nGET\r\n:1\r\n'", "ams,'GET \"x\r\n'", "ams,'*01\r\n'",
                "ams,'*+1\r\n'"
    })
    void should_end_broken_protocol_as_plain_redis_does(String region, String broken) {
        try (RespClient plain = plain();
                RespClient gateway = through(Region.of(region))) {
            for (RespClient client : List.of(plain, gateway)) {
                client.send("SET", "key", "value").send("GET", "key").sendRaw(broken);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.read()).isEqualTo(plain.read());
            }
            assertThat(plain.isClosedByServer()).isTrue();
            assertThat(gateway.isClosedByServer()).isTrue();
        }
    }

    @Test
    void should_refuse_clients_that_have_not_authenticated_as_plain_redis_does() {
        for (String script : List.of(
                "GET a; SET a 1; PING; MULTI; SUBSCRIBE a; HELLO 3; HELLO; HELLO 4; HELLO x; HELLO 3 AUTH default wrong",
                "AUTH wrong; AUTH default wrong; AUTH other wrong; AUTH; AUTH a b c; HELLO 2 NOSUCH; HELLO 2 SETNAME x; RESET",
                "QUIT")) {
            try (RespClient plain = RespClient.connect(redis.address());
                    RespClient gateway = RespClient.connect(database.url(MAD, Vantage.beside()))) {
                for (byte[] request : requests(script)) {
                    plain.sendRaw(request);
                    gateway.sendRaw(request);
                    assertThat(gateway.read()).as(script).isEqualTo(plain.read());
                }
            }
        }
    }

    private RespClient plain() {
        RespClient client = RespClient.connect(redis.address());
        client.ask("AUTH", TestDatabases.PASSWORD.reveal());
        return client;
    }

    private RespClient through(Region region) {
        return RespClient.login(database.url(region, Vantage.beside()));
    }

    private static List<byte[]> requests(String script) {
        List<byte[]> requests = new ArrayList<>();
        for (String request : script.split("; *")) {
            requests.add(RespClient.encode(
                    request.replace("return 1", "return_1").replace("'", "").split(" ")));
        }
        return requests;
    }

    /** Sends these in one go, and a mark after them; compares what comes before the mark. */
    private static void compare(RespClient plain, RespClient gateway, List<byte[]> requests) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        requests.forEach(all::writeBytes);
        all.writeBytes(RespClient.encode("PING", "the-end-of-the-batch"));
        plain.sendRaw(all.toByteArray());
        gateway.sendRaw(all.toByteArray());
        String expected;
        do {
            expected = plain.read();
            String actual = gateway.read();
            if (!actual.equals(expected)) {
                assertThat(actual).as(() -> sent(requests)).isEqualTo(expected);
            }
        } while (!expected.contains("the-end-of-the-batch"));
    }

    private static String sent(List<byte[]> requests) {
        StringBuilder text = new StringBuilder();
        for (byte[] request : requests) {
            String shown = new String(request, StandardCharsets.ISO_8859_1).replace("\r\n", " ");
            text.append(shown, 0, Math.min(120, shown.length())).append('\n');
        }
        return text.toString();
    }
}
