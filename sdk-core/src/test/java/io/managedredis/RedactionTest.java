package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.managedredis.Answers.AddOn;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.settings.RetrySettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Runs everything against a server that gives secrets away wherever it can, and searches all that comes out. */
class RedactionTest {

    private static final String TOKEN = "fm2_lJPECAAAAAAAAxyz,fo1_QmFzZTY0VG9rZW4";
    private static final List<String> SECRETS = List.of(
            Answers.PASSWORD, "fm2_lJPECAAAAAAAAxyz", "fo1_QmFzZTY0VG9rZW4", "lJPECAAAA", "QmFzZTY0VG9rZW4", "hunter2");
    private static final String LEAK = "token " + TOKEN + " Bearer fo1_QmFzZTY0VG9rZW4 FlyV1 " + TOKEN
            + " redis://default:" + Answers.PASSWORD
            + "@fly-carts.upstash.io:6379 rediss://hunter2@host password=hunter2 "
            + Answers.PASSWORD;

    private final ApiServer server = new ApiServer();
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final Collecting appender = new Collecting();
    private ManagedRedisClient client;

    @BeforeEach
    void listenToEverything() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
        root.getAppender("CONSOLE").stop();
        client = ManagedRedisClient.builder()
                .baseUrl(server.url())
                .token(TOKEN)
                .timing(new VirtualTiming())
                .retry(new RetrySettings(2, Duration.ofMillis(1), Duration.ofMillis(1), 0))
                .listener(event -> output.add(event.toString()))
                .withoutCircuitBreaker()
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        root.detachAppender(appender);
        root.setLevel(before);
        root.getAppender("CONSOLE").start();
    }

    @Test
    void should_never_show_a_secret_that_an_answer_gives_away() throws Exception {
        String escaped = LEAK.replace("\"", "\\\"");
        List<MockResponse> leaks = List.of(
                ApiServer.status(401, LEAK),
                ApiServer.status(403, "<html><b>" + LEAK + "</b></html>"),
                ApiServer.status(422, "{\"password\":\"hunter2\",\"token\": \"" + TOKEN + "\"}"),
                ApiServer.status(503, LEAK + " ".repeat(40_000) + LEAK),
                ApiServer.status(500, "<p>".repeat(5_450) + " redis://default:" + Answers.PASSWORD + "@h"),
                ApiServer.status(200, LEAK),
                ApiServer.json("{\"data\":{\"addOn\":{\"id\":\"x\",\"publicUrl\":\"" + escaped + "\"}}}"),
                ApiServer.error(escaped, "UNAUTHORIZED"),
                ApiServer.error(escaped, "fo1_QmFzZTY0VG9rZW4"),
                ApiServer.error(escaped, "SERVER_ERROR"),
                ApiServer.status(429, LEAK)
                        .newBuilder()
                        .addHeader("fly-request-id", TOKEN)
                        .build(),
                Faults.reset(),
                ApiServer.data(AddOn.named("carts")
                        .publicUrl("\"redis//" + Answers.PASSWORD + "@x\"")
                        .found()),
                ApiServer.data(AddOn.named("carts")
                        .found()
                        .replace("\"errorMessage\":null", "\"errorMessage\":\"" + escaped + "\"")));
        for (MockResponse leak : leaks) {
            server.alwaysFrom("FindDatabase", variables -> leak)
                    .alwaysFrom("GetDatabase", variables -> leak)
                    .alwaysFrom("DeleteDatabase", variables -> leak)
                    .alwaysFrom("ResetPassword", variables -> leak);
            DatabaseId id = DatabaseId.of("id-carts");
            collect(() -> client.databases().find("carts"));
            collect(() -> client.databases().resetPassword(id));
            collect(() -> client.databases().readiness(id).maxAttempts(2).await(Duration.ofMinutes(1)));
            collect(() -> {
                client.databases().delete(id);
                return "deleted";
            });
        }

        assertThat(output).hasSizeGreaterThan(200);
        assertNoSecrets();
    }

    @Test
    void should_never_show_a_secret_that_a_value_holds() throws Exception {
        server.always(
                "FindDatabase",
                AddOn.named("carts")
                        .environment("""
                {"REDIS_PRIMARY_URL":"redis://default:%s@127.0.0.1:7001","REDIS_REPLICA_URL_AMS":"redis://hunter2@127.0.0.1:7002"}""".formatted(Answers.PASSWORD))
                        .found());
        Database byRegion = client.databases().find("carts").orElseThrow();
        server.always("FindDatabase", AddOn.named("carts").found());
        Database byPlatform = client.databases().find("carts").orElseThrow();

        for (Object value : List.of(
                byRegion,
                byPlatform,
                byRegion.endpoints(),
                byPlatform.endpoints(),
                Secret.of("hunter2"),
                RedisUrl.parse("redis://hunter2@host"),
                client,
                Map.of("db", byRegion))) {
            collect(() -> value);
        }

        assertThat(byRegion.uri().orElseThrow().toString()).contains(Answers.PASSWORD);
        assertThat(output).anyMatch(text -> text.contains(Secret.REDACTED));
        assertNoSecrets();
    }

    private void collect(Callable<Object> call) throws Exception {
        try {
            Object value = call.call();
            output.add(String.valueOf(value));
            if (!(value instanceof ManagedRedisClient)) {
                output.add(json(value));
            }
        } catch (ManagedRedisException failure) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            output.add(trace.toString());
            output.add(failure.details().toString());
        }
    }

    private static String json(Object value) throws Exception {
        Object shown = value instanceof java.util.Optional<?> optional ? optional.orElse(null) : value;
        return JsonMapper.builder()
                .addModule(new SimpleModule().addSerializer(Instant.class, new ToStringSerializer(Instant.class)))
                .build()
                .writeValueAsString(shown);
    }

    private void assertNoSecrets() {
        for (String text : output) {
            for (String secret : SECRETS) {
                assertThat(text).doesNotContain(secret);
            }
        }
    }

    private final class Collecting extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            // The test's own server logs what it is asked; it is no part of the client.
            if (event.getLoggerName().startsWith("mockwebserver")
                    || event.getLoggerName().startsWith("okhttp")) {
                return;
            }
            output.add(event.getFormattedMessage());
            output.add(String.valueOf(event.getKeyValuePairs()));
            if (event.getThrowableProxy() != null) {
                output.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }
}
