package io.managedredis.internal.fly;

import io.managedredis.Secret;
import io.managedredis.internal.async.Call;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends one request and reads its answer whole, within a time. Safe for use by several threads. */
final class HttpTransport {

    private final HttpClient http;
    private final URI uri;
    private final String authorization;
    private final String userAgent;
    private final Duration requestTimeout;

    HttpTransport(HttpClient http, URI baseUrl, Secret token, String userAgent, Duration requestTimeout) {
        this.http = http;
        this.uri = URI.create(baseUrl.toString().replaceAll("/+$", "") + "/graphql");
        this.authorization = TokenHeader.of(token);
        this.userAgent = userAgent;
        this.requestTimeout = requestTimeout;
    }

    URI uri() {
        return uri;
    }

    CompletableFuture<HttpResponse<byte[]>> post(Call call, byte[] body, Map<String, String> extraHeaders) {
        Duration timeout = min(requestTimeout, call.remaining());
        if (timeout.isNegative() || timeout.isZero()) {
            return CompletableFuture.failedFuture(new HttpTimeoutException("no time is left"));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .POST(BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("Authorization", authorization)
                .header("User-Agent", userAgent);
        extraHeaders.forEach(request::setHeader);
        return withTimeout(call.cancelWithCall(http.sendAsync(request.build(), CappedBody.handler())), timeout);
    }

    /** The JDK's own time limit ends with the headers of the answer; this one includes the body. */
    private static CompletableFuture<HttpResponse<byte[]>> withTimeout(
            CompletableFuture<HttpResponse<byte[]>> exchange, Duration timeout) {
        AtomicBoolean timedOut = new AtomicBoolean();
        CompletableFuture<Void> timer =
                new CompletableFuture<Void>().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        timer.whenComplete((value, expired) -> {
            if (expired instanceof TimeoutException) {
                timedOut.set(true);
                exchange.cancel(true);
            }
        });
        return exchange.handle((response, failure) -> {
                    timer.complete(null);
                    if (failure == null) {
                        return CompletableFuture.completedFuture(response);
                    }
                    return CompletableFuture.<HttpResponse<byte[]>>failedFuture(
                            timedOut.get()
                                    ? new HttpTimeoutException("no whole answer within " + timeout)
                                    : Call.unwrap(failure));
                })
                .thenCompose(answer -> answer);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
