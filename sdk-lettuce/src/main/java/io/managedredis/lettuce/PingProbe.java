package io.managedredis.lettuce;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.codec.StringCodec;
import io.managedredis.Database;
import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Secret;
import io.managedredis.readiness.ProbeResult;
import io.managedredis.readiness.ReadinessProbe;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Asks a database whether it answers, by PING at its primary address, with the credentials in it. Thread safe. */
public final class PingProbe implements ReadinessProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** A probe. */
    public PingProbe() {}

    @Override
    public CompletionStage<ProbeResult> probe(Database database) {
        Endpoints endpoints = database.endpoints();
        if (endpoints == null) {
            return CompletableFuture.completedFuture(new ProbeResult.NotYet("it has no address yet"));
        }
        RedisClient client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .build());
        return client.connectAsync(StringCodec.UTF8, uri(endpoints.primaryUrl()))
                .thenCompose(connection -> connection.async().ping())
                .handle((pong, failure) -> failure == null ? new ProbeResult.Answered() : result(failure))
                .whenComplete((result, failure) -> client.shutdownAsync(0, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static ProbeResult result(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = root.getClass().getSimpleName() + ": " + root.getMessage();
        return root instanceof UnknownHostException || root instanceof NoRouteToHostException
                ? new ProbeResult.OutsideNetwork(reason)
                : new ProbeResult.NotYet(reason);
    }

    private static RedisURI uri(RedisUrl url) {
        RedisURI.Builder uri = RedisURI.Builder.redis(url.host(), url.port())
                .withSsl(url.tls())
                .withTimeout(TIMEOUT);
        Secret password = url.password();
        if (password != null) {
            RedisCredentialsProvider credentials = new StaticCredentialsProvider(
                    url.username(), password.reveal().toCharArray());
            uri.withAuthentication(credentials);
        }
        return uri.build();
    }
}
