package io.managedredis.internal.fly;

import io.managedredis.Secret;
import io.managedredis.settings.CircuitBreakerSettings;
import io.managedredis.settings.RateLimitSettings;
import io.managedredis.settings.RetrySettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to the provider.
 *
 * @param baseUrl where its API is
 * @param token tells it who asks
 * @param userAgent tells it what asks
 * @param requestTimeout how long one request may take
 * @param retry how requests are repeated
 * @param circuitBreaker when to stop asking, or null for never
 * @param rateLimit how often to ask at most, or null for no limit
 */
public record FlySettings(
        URI baseUrl,
        Secret token,
        String userAgent,
        Duration requestTimeout,
        RetrySettings retry,
        @Nullable CircuitBreakerSettings circuitBreaker,
        @Nullable RateLimitSettings rateLimit) {}
