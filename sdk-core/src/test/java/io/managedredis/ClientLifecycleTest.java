package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.managedredis.error.CallInterruptedException;
import io.managedredis.error.DeadlineExceededException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.event.CallEvent;
import io.managedredis.event.CallEvent.AttemptStarted;
import io.managedredis.event.CallEvent.CallEnded;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ClientLifecycleTest {

    private static final DatabaseSpec SPEC =
            DatabaseSpec.named("carts").primaryRegion("mad").readRegions("ams").build();

    private final ApiServer server = new ApiServer();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void should_stop_all_work_when_the_caller_cancels() {
        server.alwaysFrom("FindDatabase", variables -> Faults.silence());
        try (ManagedRedisClient client = client()) {
            CompletableFuture<Optional<Database>> future =
                    client.databases().async().find("carts");
            await().until(() -> !server.requests().isEmpty());

            future.cancel(true);

            await().untilAsserted(() -> assertThat(events)
                    .filteredOn(CallEvent.AttemptEnded.class::isInstance)
                    .singleElement()
                    .satisfies(ended -> assertThat(((CallEvent.AttemptEnded) ended).failure())
                            .isNotNull()));
            assertThat(ended())
                    .singleElement()
                    .satisfies(ended -> assertThat(ended.failure()).isInstanceOf(CancellationException.class));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void should_stop_waiting_when_the_caller_cancels_between_two_attempts() {
        server.alwaysFrom("FindDatabase", variables -> Faults.retryAfter(429, "60"));
        try (ManagedRedisClient client = client()) {
            CompletableFuture<Optional<Database>> future =
                    client.databases().async().find("carts");
            await().until(() -> events.stream().anyMatch(CallEvent.RetryScheduled.class::isInstance));

            future.cancel(true);

            assertThat(server.requests()).hasSize(1);
            assertThat(ended()).hasSize(1);
        }
    }

    @Test
    void should_stop_waiting_when_the_thread_is_interrupted() throws InterruptedException {
        server.alwaysFrom("FindDatabase", variables -> Faults.silence());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
        try (ManagedRedisClient client = client()) {
            Thread caller = new Thread(() -> {
                try {
                    client.databases().find("carts");
                } catch (CallInterruptedException interrupted) {
                    failure.set(interrupted);
                    stillInterrupted.set(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            await().until(() -> !server.requests().isEmpty());

            caller.interrupt();
            caller.join(10_000);

            assertThat(failure.get()).isInstanceOf(CallInterruptedException.class);
            assertThat(stillInterrupted.get()).isTrue();
        }
    }

    @Test
    void should_end_calls_and_take_no_more_when_it_is_closed() {
        server.alwaysFrom("FindDatabase", variables -> Faults.silence());
        ManagedRedisClient client = client();
        CompletableFuture<Optional<Database>> future =
                client.databases().async().find("carts");
        await().until(() -> !server.requests().isEmpty());

        client.close();
        client.close();

        assertThatThrownBy(() -> future.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(CallInterruptedException.class);
        assertThatThrownBy(() -> client.databases().find("carts"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void should_end_a_call_whose_time_is_over_while_it_waits_for_an_answer() {
        server.alwaysFrom("FindDatabase", variables -> Faults.silence());
        try (ManagedRedisClient client = client()) {
            Databases hasty = client.databases().withTimeout(Duration.ofMillis(300));

            assertThatThrownBy(() -> hasty.find("carts"))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("PT0.3S")
                    .hasMessageContaining("operation=find");
            assertThat(server.requests()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void should_not_claim_to_know_the_outcome_of_a_change_whose_time_is_over() {
        server.offering();
        server.alwaysFrom("CreateDatabase", variables -> Faults.silence());
        try (ManagedRedisClient client = client()) {
            // Warms up, so that the short time is spent on the creation.
            client.regions().list();

            assertThatThrownBy(() -> client.databases()
                            .withTimeout(Duration.ofSeconds(3))
                            .create(SPEC))
                    .isInstanceOf(UnknownOutcomeException.class)
                    .hasMessageContaining("carts");
            assertThat(server.requests("CreateDatabase")).hasSize(1);
        }
    }

    @Test
    void should_leave_no_thread_behind_when_it_is_never_closed() {
        server.always("FindDatabase", Answers.absent());
        Set<Long> before = selectors();
        for (int i = 0; i < 5; i++) {
            client().databases().find("carts");
        }
        assertThat(selectors()).hasSizeGreaterThan(before.size());

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return before.containsAll(selectors());
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("HttpClient"))
                .allMatch(Thread::isDaemon);
    }

    @Test
    void should_use_the_http_client_and_the_executor_that_are_given_and_leave_them_open() throws Exception {
        server.always("FindDatabase", Answers.absent());
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "given-executor");
            thread.setDaemon(true);
            return thread;
        });
        HttpClient http = HttpClient.newBuilder().executor(executor).build();
        try {
            for (ManagedRedisClient.Builder builder : List.of(
                    server.clientBuilder().httpClient(http),
                    server.clientBuilder().executor(executor))) {
                ManagedRedisClient client = builder.listener(events::add).build();
                assertThat(client.databases().find("carts")).isEmpty();
                client.close();
            }
            assertThat(executor.submit(() -> 7).get(5, TimeUnit.SECONDS)).isEqualTo(7);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void should_name_the_program_and_itself() {
        server.always("FindDatabase", Answers.absent());
        try (ManagedRedisClient client =
                server.clientBuilder().userAgent("shop/1.2").build()) {
            client.databases().find("carts");
        }

        assertThat(server.only("FindDatabase").headers()).containsEntry("user-agent", "shop/1.2 managed-redis-java");
    }

    @Test
    void should_refuse_settings_that_cannot_work() {
        ManagedRedisClient.Builder builder = ManagedRedisClient.builder();

        assertThatThrownBy(() -> builder.baseUrl(URI.create("ftp://x"))).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> builder.baseUrl(URI.create("nonsense"))).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> builder.token(" ")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> builder.token("a\nb"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageNotContaining("a\nb");
        assertThatThrownBy(() -> builder.requestTimeout(Duration.ZERO)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> builder.callTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> builder.userAgent("a\r\nX: y")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_tell_listeners_the_course_of_a_call() {
        server.next("FindDatabase", ApiServer.status(503, "")).next("FindDatabase", Answers.absent());
        try (ManagedRedisClient client = server.clientBuilder()
                .timing(new VirtualTiming())
                .listener(events::add)
                .build()) {
            client.databases().find("carts");
        }

        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "CallStarted",
                        "AttemptStarted",
                        "AttemptEnded",
                        "RetryScheduled",
                        "AttemptStarted",
                        "AttemptEnded",
                        "CallEnded");
        assertThat(events).extracting(event -> event.call().operation()).containsOnly("find");
        assertThat(events).extracting(event -> event.call().database()).containsOnly("carts");
        assertThat(ended()).extracting(CallEnded::attempts).containsExactly(2);
    }

    @Test
    void should_log_operation_attempt_duration_and_request_id() {
        server.next("FindDatabase", ApiServer.status(503, "down"))
                .next(
                        "FindDatabase",
                        ApiServer.data(Answers.absent())
                                .newBuilder()
                                .addHeader("fly-request-id", "01REQUEST")
                                .build());
        Logger logger = (Logger) LoggerFactory.getLogger(ManagedRedisClient.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        try (ManagedRedisClient client =
                server.clientBuilder().timing(new VirtualTiming()).build()) {
            client.databases().find("carts");
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
            logger.setLevel(null);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.DEBUG, Level.WARN, Level.DEBUG, Level.DEBUG);
        assertThat(log.list.get(2).getFormattedMessage()).contains("find", "carts", "attempt 2", "0 ms", "01REQUEST");
        assertThat(log.list.get(2).getKeyValuePairs())
                .extracting(pair -> pair.key)
                .containsExactly("operation", "database", "request", "attempt", "durationMs", "status", "requestId");
    }

    @Test
    void should_send_the_headers_that_a_listener_names_but_for_its_own() {
        server.always("FindDatabase", Answers.absent());
        try (ManagedRedisClient client = server.clientBuilder()
                .listener(new io.managedredis.event.CallListener() {
                    @Override
                    public void onEvent(CallEvent event) {
                        throw new IllegalStateException("a broken listener");
                    }

                    @Override
                    public java.util.Map<String, String> headersFor(AttemptStarted attempt) {
                        return java.util.Map.of(
                                "traceparent",
                                "00-" + attempt.request(),
                                "authorization",
                                "stolen",
                                "Host",
                                "elsewhere");
                    }
                })
                .build()) {
            client.databases().find("carts");
        }

        assertThat(server.only("FindDatabase").headers())
                .containsEntry("traceparent", "00-FindDatabase")
                .containsEntry("authorization", "Bearer " + ApiServer.TOKEN);
    }

    private List<CallEnded> ended() {
        return events.stream()
                .filter(CallEnded.class::isInstance)
                .map(CallEnded.class::cast)
                .toList();
    }

    private ManagedRedisClient client() {
        return server.clientBuilder().listener(events::add).build();
    }

    private static Set<Long> selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
                .map(Thread::getId)
                .collect(Collectors.toSet());
    }
}
