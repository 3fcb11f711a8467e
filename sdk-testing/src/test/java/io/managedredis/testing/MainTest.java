package io.managedredis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Main main = new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

    @Test
    void should_print_the_help() throws InterruptedException {
        assertThat(main.run(List.of("--help"), new CountDownLatch(1))).isZero();

        assertThat(out.toString(UTF_8)).contains("--organizations").contains("--redis");
    }

    @Test
    void should_fail_with_a_hint_on_wrong_options() throws InterruptedException {
        assertThat(main.run(List.of("--nonsense"), new CountDownLatch(1))).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("--nonsense").contains("--help");
    }

    @Test
    void should_fail_and_leave_nothing_when_a_database_cannot_be_created() throws InterruptedException {
        assertThat(main.run(List.of("--database=a=xyz"), new CountDownLatch(1))).isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("xyz");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void should_print_what_clients_need_and_stop_cleanly_when_it_is_interrupted() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.managedredis.testing.Main",
                        "--organizations=acme",
                        "--database=carts=mad,ams")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<ProcessHandle> redis = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(program.getInputStream(), UTF_8))) {
            String api = valueOf("FLY_API_BASE_URL", lines);
            String token = valueOf("FLY_ACCESS_TOKEN", lines);
            assertThat(valueOf("REDIS_URL", lines)).startsWith("redis://default:");
            assertThat(valueOf("REDIS_PRIMARY_URL", lines)).startsWith("redis://default:");
            assertThat(valueOf("REDIS_REPLICA_URL_AMS", lines)).startsWith("redis://default:");
            assertThat(databases(api, token)).contains("carts");
            program.descendants().forEach(redis::add);
            assertThat(redis).isNotEmpty();

            new ProcessBuilder("kill", interruption(program), Long.toString(program.pid()))
                    .start()
                    .waitFor();

            assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }
        Awaitility.await().untilAsserted(() -> assertThat(redis).noneMatch(ProcessHandle::isAlive));
    }

    /** What Ctrl-C sends; where that is ignored, as in a script's background, what ends a program there. */
    private static String interruption(Process program) throws IOException {
        Path status = Path.of("/proc/" + program.pid() + "/status");
        if (!Files.exists(status)) {
            return "-INT";
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) & 0b10) == 0 ? "-INT" : "-TERM";
    }

    private static String databases(String api, String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(api + "/graphql"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"query\":\"{ addOns { nodes { name } } }\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String valueOf(String variable, BufferedReader lines) {
        String prefix = "export " + variable + "=";
        return Stream.generate(() -> {
                    try {
                        return lines.readLine();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                })
                .takeWhile(line -> line != null)
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(variable + " was not printed"));
    }
}
