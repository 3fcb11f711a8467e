package io.managedredis.internal.fly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.RateLimitedException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.internal.async.Call;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private final ServerClock clock;

    GraphQlClient(HttpTransport transport, FailureClassifier failures, RequestRetry retry, ServerClock clock) {
        this.transport = transport;
        this.failures = failures;
        this.retry = retry;
        this.clock = clock;
    }

    /** What the decoder makes of the {@code data} of the answer. */
    <T> CompletableFuture<T> execute(
            Call call, GraphQlOperation operation, ObjectNode variables, Function<JsonNode, T> decoder) {
        ObjectNode body = Json.object();
        body.put("query", operation.document());
        body.put("operationName", operation.operationName());
        body.set("variables", variables);
        byte[] bytes = Json.write(body);
        return attempt(call, operation, bytes, decoder, retry.begin(operation.isMutation()));
    }

    private <T> CompletableFuture<T> attempt(
            Call call,
            GraphQlOperation operation,
            byte[] body,
            Function<JsonNode, T> decoder,
            RequestRetry.Sequence sequence) {
        call.countAttempt();
        return transport
                .post(call, body, Map.of())
                .handle((response, failure) -> {
                    if (failure == null) {
                        return read(call, response, decoder);
                    }
                    throw call.isCancelled()
                            ? new CompletionException(Call.unwrap(failure))
                            : failures.ofTransport(call, Call.unwrap(failure));
                })
                .exceptionallyCompose(thrown -> {
                    if (Call.unwrap(thrown) instanceof AttemptFailure failure) {
                        return afterFailure(call, operation, body, decoder, sequence, failure);
                    }
                    return CompletableFuture.failedFuture(thrown);
                })
                .toCompletableFuture();
    }

    private <T> CompletableFuture<T> afterFailure(
            Call call,
            GraphQlOperation operation,
            byte[] body,
            Function<JsonNode, T> decoder,
            RequestRetry.Sequence sequence,
            AttemptFailure failure) {
        return sequence.delayAfter(failure)
                .map(delay -> {
                    if (failure.error() instanceof RateLimitedException && delay.compareTo(call.remaining()) >= 0) {
                        return CompletableFuture.<T>failedFuture(failure.error());
                    }
                    return call.pause(delay, failure.error())
                            .thenCompose(done -> attempt(call, operation, body, decoder, sequence));
                })
                .orElseGet(() -> CompletableFuture.failedFuture(finalError(call, operation, failure)));
    }

    private static ManagedRedisException finalError(Call call, GraphQlOperation operation, AttemptFailure failure) {
        ManagedRedisException error = failure.error();
        if (operation.isMutation() && failure.effect() == AttemptFailure.Effect.POSSIBLE) {
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
        return error;
    }

    private <T> T read(Call call, HttpResponse<byte[]> response, Function<JsonNode, T> decoder) {
        clock.read(response.headers());
        String requestId = requestId(response);
        byte[] body = response.body();
        if (response.statusCode() != 200) {
            throw failures.ofStatus(
                    call,
                    response.statusCode(),
                    body,
                    requestId,
                    clock.retryAfter(response.headers()).orElse(null));
        }
        JsonNode tree = Json.read(body);
        if (tree == null || !tree.isObject()) {
            throw failures.ofShape(call, "the provider's answer is not the JSON it should be", body, requestId);
        }
        JsonNode errors = tree.path("errors");
        if (errors.isArray() && !errors.isEmpty()) {
            throw failures.ofErrors(call, errors, requestId);
        }
        JsonNode data = tree.path("data");
        if (!data.isObject()) {
            throw failures.ofShape(call, "the provider's answer has no data", body, requestId);
        }
        try {
            return decoder.apply(data);
        } catch (Json.ShapeException | InvalidRequestException malformed) {
            throw failures.ofShape(
                    call, "the provider's answer cannot be read, " + malformed.getMessage(), new byte[0], requestId);
        }
    }

    private static @Nullable String requestId(HttpResponse<?> response) {
        return response.headers().firstValue("fly-request-id").orElse(null);
    }
}
