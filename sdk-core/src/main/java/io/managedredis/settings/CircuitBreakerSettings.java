package io.managedredis.settings;

import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import java.util.Objects;

/**
 * When to stop asking a provider that is down, so that callers fail at once and the provider can recover. Failures are
 * requests without a usable answer and answers with a status of 5xx; refusals are none.
 *
 * @param failureRate the share of failures, above 0 up to 1, from which on no request is sent
 * @param window how many of the last requests are looked at
 * @param minimumRequests how many requests there must be before the share counts, at most the window
 * @param openFor how long no request is sent; then one is let through, and decides
 */
public record CircuitBreakerSettings(double failureRate, int window, int minimumRequests, Duration openFor) {

    /**
     * Checks the values.
     *
     * @throws InvalidRequestException when one is out of range
     */
    public CircuitBreakerSettings {
        Objects.requireNonNull(openFor, "openFor");
        if (!(failureRate > 0 && failureRate <= 1)) {
            throw new InvalidRequestException("failureRate", "the rate is " + failureRate, "above 0, up to 1");
        }
        if (minimumRequests < 1 || window < minimumRequests) {
            throw new InvalidRequestException(
                    "minimumRequests",
                    minimumRequests + " requests of a window of " + window,
                    "1 <= minimumRequests <= window");
        }
        if (openFor.isNegative() || openFor.isZero()) {
            throw new InvalidRequestException("openFor", "the time is " + openFor, "more than zero");
        }
    }

    /** Four fifths of at least 10 of the last 20 requests have failed: nothing is sent for 15 seconds. */
    public static CircuitBreakerSettings defaults() {
        return new CircuitBreakerSettings(0.8, 20, 10, Duration.ofSeconds(15));
    }
}
