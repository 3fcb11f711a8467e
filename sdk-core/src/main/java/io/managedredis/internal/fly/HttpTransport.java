package io.managedredis.internal.fly;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one request and reads its answer whole, within a time. Safe for use by several threads. */
final class HttpTransport {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    private final HttpClient http;
    private final URI uri;
    private final String authorization;
    private final String userAgent;
    private final Duration requestTimeout;

    HttpTransport(HttpClient http, FlySettings settings) {
        this.http = http;
        this.uri = URI.create(settings.baseUrl().toString().replaceAll("/+$", "") + "/graphql");
        this.authorization = TokenHeader.of(settings.token());
        this.userAgent = settings.userAgent();
        this.requestTimeout = settings.requestTimeout();
    }

    URI uri() {
        return uri;
    }

    CompletableFuture<HttpResponse<byte[]>> post(Call call, byte[] body, Map<String, String> extraHeaders) {
        Duration timeout = min(requestTimeout, call.remaining());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body));
        extraHeaders.forEach((name, value) -> add(request, name, value));
        request.setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json")
                .setHeader("Authorization", authorization)
                .setHeader("User-Agent", userAgent);
        return withTimeout(call.cancelWithCall(http.sendAsync(request.build(), CappedBody.handler())), timeout);
    }

    private static void add(HttpRequest.Builder request, String name, String value) {
        try {
            request.setHeader(name, value);
        } catch (IllegalArgumentException refused) {
            LOG.warn("The header {} that a call listener names cannot be sent", name);
        }
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
