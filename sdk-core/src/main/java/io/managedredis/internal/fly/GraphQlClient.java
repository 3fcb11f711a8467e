package io.managedredis.internal.fly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.managedredis.error.DeadlineExceededException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.RateLimitedException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.event.CallEvent.AttemptEnded;
import io.managedredis.event.CallEvent.AttemptStarted;
import io.managedredis.event.CallEvent.RetryScheduled;
import io.managedredis.internal.async.Call;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends operations, and repeats them where a repetition cannot do harm: those that only read after any passing failure, those
 * that change something only where the provider has not acted on them. Safe for use by several threads.
 */
final class GraphQlClient {

    private final HttpTransport transport;
    private final FailureClassifier failures;
    private final RequestRetry retry;
    private final RequestGate gate;
    private final ServerClock clock;

    GraphQlClient(
            HttpTransport transport,
            FailureClassifier failures,
            RequestRetry retry,
            RequestGate gate,
            ServerClock clock) {
        this.transport = transport;
        this.failures = failures;
        this.retry = retry;
        this.gate = gate;
        this.clock = clock;
    }

    /** What the decoder makes of the {@code data} of the answer. */
    <T> CompletableFuture<T> execute(
            Call call, GraphQlOperation operation, ObjectNode variables, Function<JsonNode, T> decoder) {
        ObjectNode body = Json.object();
        body.put("query", operation.document());
        body.put("operationName", operation.operationName());
        body.set("variables", variables);
        return new Request<>(call, operation, Json.write(body), decoder, retry.begin(operation.isMutation())).send();
    }

    /** One operation with its repetitions. */
    private final class Request<T> {

        private final Call call;
        private final GraphQlOperation operation;
        private final byte[] body;
        private final Function<JsonNode, T> decoder;
        private final RequestRetry.Sequence sequence;

        Request(
                Call call,
                GraphQlOperation operation,
                byte[] body,
                Function<JsonNode, T> decoder,
                RequestRetry.Sequence sequence) {
            this.call = call;
            this.operation = operation;
            this.body = body;
            this.decoder = decoder;
            this.sequence = sequence;
        }

        CompletableFuture<T> send() {
            return gate.enter(call)
                    .thenCompose(permitted -> attempt())
                    .exceptionallyCompose(thrown -> Call.unwrap(thrown) instanceof AttemptFailure failure
                            ? afterFailure(failure)
                            : CompletableFuture.failedFuture(thrown));
        }

        private CompletableFuture<T> attempt() {
            if (call.remaining().compareTo(Duration.ZERO) <= 0) {
                gate.abandoned();
                return CompletableFuture.failedFuture(AttemptFailure.refused(call.deadlineExceeded(null)));
            }
            AttemptStarted started = new AttemptStarted(call.info(), operation.operationName(), call.countAttempt());
            long startedAt = call.timing().nanoTime();
            call.listener().onEvent(started);
            return transport
                    .post(call, body, call.listener().headersFor(started))
                    .handle((response, thrown) -> {
                        Duration duration = Duration.ofNanos(call.timing().nanoTime() - startedAt);
                        if (thrown != null && call.isCancelled()) {
                            gate.abandoned();
                            report(started, duration, null, thrown);
                            return CompletableFuture.<T>failedFuture(thrown);
                        }
                        try {
                            if (thrown != null) {
                                throw failures.ofTransport(call, Call.unwrap(thrown));
                            }
                            T value = read(response);
                            gate.answered(duration);
                            report(started, duration, response, null);
                            return CompletableFuture.completedFuture(value);
                        } catch (AttemptFailure failure) {
                            gate.failed(duration, failure);
                            report(started, duration, response, failure.error());
                            return CompletableFuture.<T>failedFuture(failure);
                        } catch (RuntimeException unexpected) {
                            gate.abandoned();
                            report(started, duration, response, unexpected);
                            throw unexpected;
                        }
                    })
                    .thenCompose(answer -> answer);
        }

        private CompletableFuture<T> afterFailure(AttemptFailure failure) {
            ManagedRedisException error = failure.error();
            Duration delay = sequence.delayAfter(failure).orElse(null);
            if (delay == null || call.isCancelled() || error instanceof DeadlineExceededException) {
                return CompletableFuture.failedFuture(finalError(failure));
            }
            if (error instanceof RateLimitedException && delay.compareTo(call.remaining()) >= 0) {
                // Says how long to wait, which the end of this call's time would hide.
                return CompletableFuture.failedFuture(error);
            }
            call.listener().onEvent(new RetryScheduled(call.info(), operation.operationName(), delay, error));
            return call.pause(delay, error).thenCompose(waited -> send());
        }

        private ManagedRedisException finalError(AttemptFailure failure) {
            ManagedRedisException error = failure.error();
            if (!operation.isMutation() || failure.effect() == AttemptFailure.Effect.NONE) {
                return error;
            }
            return new UnknownOutcomeException(
                    "the answer was lost, so the change may have happened or not. Look before asking again. What is"
                            + " known: " + error.getMessage(),
                    call.details()
                            .withAnswer(
                                    error.details().status(),
                                    error.details().code(),
                                    error.details().requestId()),
                    error);
        }

        private T read(HttpResponse<byte[]> response) {
            clock.read(response.headers());
            String requestId = failures.requestId(response.headers());
            byte[] answer = response.body();
            if (response.statusCode() != 200) {
                Duration retryAfter = clock.retryAfter(response.headers()).orElse(null);
                throw failures.ofStatus(call, response.statusCode(), answer, requestId, retryAfter);
            }
            JsonNode tree = Json.read(answer);
            if (tree == null || !tree.isObject()) {
                throw failures.ofShape(call, "the provider's answer is not the JSON it should be", answer, requestId);
            }
            JsonNode errors = tree.path("errors");
            if (errors.isArray() && !errors.isEmpty()) {
                throw failures.ofErrors(call, errors, requestId);
            }
            JsonNode data = tree.path("data");
            if (!data.isObject()) {
                throw failures.ofShape(call, "the provider's answer has no data", answer, requestId);
            }
            try {
                return decoder.apply(data);
            } catch (AttemptFailure failure) {
                throw failure;
            } catch (Json.ShapeException | InvalidRequestException malformed) {
                // The answer itself is not shown: it may hold addresses with passwords.
                throw failures.ofShape(
                        call,
                        "the provider's answer cannot be read, " + malformed.getMessage(),
                        new byte[0],
                        requestId);
            }
        }

        private void report(
                AttemptStarted started,
                Duration duration,
                @Nullable HttpResponse<?> response,
                @Nullable Throwable failure) {
            call.listener()
                    .onEvent(new AttemptEnded(
                            call.info(),
                            started.request(),
                            started.attempt(),
                            duration,
                            response == null ? null : response.statusCode(),
                            response == null ? null : failures.requestId(response.headers()),
                            failure));
        }
    }
}
