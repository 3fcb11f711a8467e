package io.managedredis.testing.internal.data.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.managedredis.Secret;
import io.managedredis.testing.RedisUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedisProcessTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Secret PASSWORD = Secret.of("a \"quoted\" \\ password");

    private static final String FACT = "fact: ";

    private final RedisBinary binary = RedisBinaryResolver.forThisMachine().resolve(Optional.empty());

    @Test
    void should_start_a_server_that_answers_and_end_it() throws IOException {
        try (RedisLauncher launcher = RedisLauncher.create(binary)) {
            RedisProcess redis = launcher.start(RedisSettings.primary(PASSWORD));
            redis.awaitListening(TIMEOUT);

            assertThat(ask(redis, "AUTH", PASSWORD.reveal())).isEqualTo("+OK\r\n");
            Path directory = redis.address().getPath().getParent();
            assertThat(directory).exists();

            redis.close();

            assertThat(ProcessHandle.of(redis.pid())).isEmpty();
            assertThat(directory).doesNotExist();
        }
    }

    @Test
    void should_keep_the_password_out_of_arguments_and_other_users_reach() throws IOException {
        try (RedisLauncher launcher = RedisLauncher.create(binary)) {
            RedisProcess redis = launcher.start(RedisSettings.primary(PASSWORD));
            redis.awaitListening(TIMEOUT);
            Path directory = redis.address().getPath().getParent();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("redis.conf"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            assertThat(ask(redis, "PING")).startsWith("-NOAUTH");
            ProcessHandle.Info info =
                    ProcessHandle.of(redis.pid()).orElseThrow().info();
            assertThat(info.commandLine().orElse("")).doesNotContain("quoted");
        }
    }

    @Test
    void should_leave_no_process_and_no_file_when_the_launcher_closes() {
        RedisLauncher launcher = RedisLauncher.create(binary);
        List<RedisProcess> servers = IntStream.range(0, 4)
                .mapToObj(i -> launcher.start(RedisSettings.primary(PASSWORD)))
                .toList();
        servers.forEach(redis -> redis.awaitListening(TIMEOUT));
        Path home = servers.get(0).address().getPath().getParent().getParent();

        launcher.close();
        launcher.close();

        assertThat(servers)
                .allSatisfy(redis -> assertThat(ProcessHandle.of(redis.pid())).isEmpty());
        assertThat(home).doesNotExist();
    }

    @Test
    void should_end_servers_even_when_their_guard_was_killed() throws Exception {
        RedisLauncher launcher = RedisLauncher.create(binary);
        RedisProcess redis = launcher.start(RedisSettings.primary(PASSWORD));
        redis.awaitListening(TIMEOUT);
        ProcessHandle guard =
                ProcessHandle.of(redis.pid()).flatMap(ProcessHandle::parent).orElseThrow();
        guard.destroyForcibly();
        guard.onExit().get();

        launcher.close();

        await().until(() -> isGone(redis.pid()));
        assertThat(redis.address().getPath().getParent().getParent()).doesNotExist();
    }

    @Test
    void should_say_why_a_server_did_not_start() {
        try (RedisLauncher launcher = RedisLauncher.create(binary)) {
            RedisProcess redis = launcher.start(RedisSettings.replica(PASSWORD, -1));

            assertThatThrownBy(() -> redis.awaitListening(TIMEOUT))
                    .isInstanceOf(RedisUnavailableException.class)
                    .hasMessageContaining("Invalid master port");
        }
    }

    @Test
    void should_refuse_to_start_a_server_after_the_end() {
        RedisLauncher launcher = RedisLauncher.create(binary);
        launcher.close();

        assertThatThrownBy(() -> launcher.start(RedisSettings.primary(PASSWORD)))
                .isInstanceOf(RedisUnavailableException.class);
    }

    @Test
    void should_leave_nothing_when_the_jvm_is_killed() throws Exception {
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsServersAndWaits.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = output.lines()
                    .filter(line -> line.startsWith(FACT))
                    .map(line -> line.substring(FACT.length()))
                    .limit(4)
                    .toList();
            List<Long> pids = lines.subList(0, 2).stream().map(Long::valueOf).toList();
            Path home = Path.of(lines.get(2));
            Path extracted = Path.of(lines.get(3));
            assertThat(pids).allSatisfy(pid -> assertThat(isGone(pid)).isFalse());
            assertThat(home).exists();
            assertThat(extracted).exists();

            jvm.destroyForcibly().waitFor();

            await().atMost(TIMEOUT).until(() -> pids.stream().allMatch(RedisProcessTest::isGone));
            await().atMost(TIMEOUT).until(() -> Files.notExists(home) && Files.notExists(extracted));
        } finally {
            jvm.destroyForcibly();
        }
    }

    private static boolean isGone(long pid) {
        return ProcessHandle.of(pid).flatMap(handle -> handle.info().command()).isEmpty();
    }

    private static String ask(RedisProcess redis, String... words) throws IOException {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        try (SocketChannel channel = SocketChannel.open(redis.address())) {
            channel.write(ByteBuffer.wrap(command.toString().getBytes(StandardCharsets.ISO_8859_1)));
            ByteBuffer answer = ByteBuffer.allocate(1_000);
            channel.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A program that starts two servers, tells their ids and places, and waits to be killed. */
    static final class StartsServersAndWaits {

        public static void main(String[] arguments) throws InterruptedException {
            RedisBinary binary = RedisBinaryResolver.forThisMachine().resolve(Optional.empty());
            RedisLauncher launcher = RedisLauncher.create(binary);
            RedisProcess first = launcher.start(RedisSettings.primary(PASSWORD));
            RedisProcess second = launcher.start(RedisSettings.primary(PASSWORD));
            first.awaitListening(TIMEOUT);
            second.awaitListening(TIMEOUT);
            System.out.println(FACT + first.pid());
            System.out.println(FACT + second.pid());
            System.out.println(FACT + first.address().getPath().getParent().getParent());
            System.out.println(FACT + binary.path().getParent());
            Thread.sleep(TIMEOUT.toMillis());
        }
    }
}
