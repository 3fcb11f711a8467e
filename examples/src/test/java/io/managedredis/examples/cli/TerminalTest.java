package io.managedredis.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.ApiError;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no Redis for the local service on Windows")
class TerminalTest {

    private static final int ENDED_BY_CONTROL_C = 130;

    private static final ApiError BUSY = ApiError.status(429).on("createAddOn").retryAfter(Duration.ofMinutes(1));

    private static LocalManagedRedis service;

    @BeforeAll
    static void start() {
        service = LocalManagedRedis.builder().organizations("fly-apps", "other").start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void deleteAll() {
        service.databases().forEach(each -> service.delete(each.id()));
    }

    @Test
    void should_ask_on_a_terminal_and_leave_the_answers_standing() throws Exception {
        try (PseudoTerminal terminal = terminal("create", "--name", "carts")) {
            terminal.awaitText("Choose a primary region (can't be changed later) ")
                    .type("mad");
            terminal.awaitText("replica regions (can be changed later): ").type("ams");
            terminal.awaitText("Select an Upstash Redis plan ").type("free");

            assertThat(terminal.awaitExit()).isZero();
            Database carts = service.find("carts").orElseThrow();
            assertThat(terminal.text().lines().filter(line -> line.contains("?")))
                    .anyMatch(line -> line.endsWith("? Select Organization: fly-apps (fly-apps)"))
                    .anyMatch(line ->
                            line.endsWith("? Choose a primary region (can't be changed later) Madrid, Spain (mad)"))
                    .anyMatch(line -> line.endsWith(
                            "? Optionally, choose one or more replica regions (can be changed later): Amsterdam,"
                                    + " Netherlands (ams)"))
                    .anyMatch(line -> line.endsWith("? Select an Upstash Redis plan Free: 100 MB Max Data Size"));
            assertThat(terminal.text())
                    .contains("Your Redis database carts is ready.\n")
                    .contains("  Private URL    = redis://default:<redacted>@")
                    .doesNotContain(passwordOf(carts));
            // Green question mark, cyan answer; the progress line is drawn over and cleared at the end.
            assertThat(terminal.screen())
                    .contains("\u001b[32m?\u001b[0m")
                    .contains("\u001b[36mMadrid, Spain (mad)\u001b[0m")
                    .contains("\r\u001b[K| Creating carts")
                    .containsPattern("\r\u001b\\[KYour Redis database carts is ready\\.");
        }
    }

    @Test
    void should_leave_no_marks_in_a_pipe() throws Exception {
        service.create(DatabaseSpec.named("carts").primaryRegion("mad").build());

        String piped = pipe("list");
        String json = pipe("create", "--region", "fra", "--json");

        assertThat(piped).startsWith("ID").contains("carts").doesNotContain("\u001b");
        assertThat(new ObjectMapper().readTree(json).get("primaryRegion").asText())
                .isEqualTo("fra");
    }

    @Test
    void should_do_without_colour_when_asked() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.start(service, Map.of("NO_COLOR", "1"), "plans")) {
            assertThat(terminal.awaitExit()).isZero();
            assertThat(terminal.screen()).contains("NAME").doesNotContain("\u001b");
        }
    }

    @Test
    void should_say_that_nothing_was_created_when_interrupted_at_a_question() throws Exception {
        try (PseudoTerminal terminal = terminal("create")) {
            terminal.awaitText("Choose a primary region").pressControlC();

            assertThat(terminal.awaitExit()).isEqualTo(ENDED_BY_CONTROL_C);
            assertThat(terminal.text()).endsWith("Interrupted. Nothing was created.\n");
        }
        assertThat(service.databases()).isEmpty();
    }

    @Test
    void should_say_what_may_be_there_when_interrupted_while_creating() throws Exception {
        ActiveFault fault = service.inject(BUSY);
        try (PseudoTerminal terminal = terminal(
                "create", "--name", "carts", "-o", "fly-apps", "-r", "mad", "--no-replicas", "--plan", "Free")) {
            terminal.awaitText("Creating carts").pressControlC();

            assertThat(terminal.awaitExit()).isEqualTo(ENDED_BY_CONTROL_C);
            assertThat(terminal.text())
                    .contains("Interrupted.")
                    .contains("may have happened")
                    .endsWith("'managed-redis redis delete carts' undoes it.\n");
        } finally {
            fault.close();
        }
    }

    @Test
    void should_close_the_proxy_when_interrupted() throws Exception {
        service.create(DatabaseSpec.named("carts").primaryRegion("mad").build());
        try (PseudoTerminal terminal = terminal("proxy", "carts", "--port", "0")) {
            terminal.awaitText("Ctrl-C ends it.");
            Matcher address = Pattern.compile("Proxying 127\\.0\\.0\\.1:(\\d+)").matcher(terminal.text());
            assertThat(address.find()).isTrue();
            try (Socket client = new Socket("127.0.0.1", Integer.parseInt(address.group(1)))) {
                client.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("-NOAUTH");

                terminal.pressControlC();

                assertThat(terminal.awaitExit()).isEqualTo(ENDED_BY_CONTROL_C);
                client.getInputStream().readAllBytes();
            }
            assertThat(terminal.text()).contains("The proxy ended; its connections are closed.");
        }
    }

    private static PseudoTerminal terminal(String... arguments) {
        return PseudoTerminal.start(service, Map.of(), arguments);
    }

    private static String pipe(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ManagedRedisCli.class.getName(),
                "redis"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("FLY_API_BASE_URL", service.apiUri().toString());
        builder.environment().put("FLY_ACCESS_TOKEN", service.token().reveal());
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return out;
    }

    private static String passwordOf(Database database) {
        return Objects.requireNonNull(Objects.requireNonNull(database.endpoints())
                        .primaryUrl()
                        .password())
                .reveal();
    }
}
