package io.managedredis.settings;

import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import java.util.Objects;

/**
 * How often a request is repeated, and how long to wait before it is. Requests that only read are repeated after transport
 * errors and after the statuses 429 and 5xx; requests that change something only where the provider cannot have seen them.
 * A wait that the provider asks for is kept.
 *
 * @param maxAttempts how many requests at most, the first included; 1 never repeats
 * @param firstDelay the wait before the first repetition; it doubles each time
 * @param maxDelay the longest wait
 * @param jitter how much of each wait is left to chance, 0 to 1, so that clients do not come back all at once
 */
public record RetrySettings(int maxAttempts, Duration firstDelay, Duration maxDelay, double jitter) {

    /**
     * Checks the values.
     *
     * @throws InvalidRequestException when one is out of range
     */
    public RetrySettings {
        Objects.requireNonNull(firstDelay, "firstDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        if (maxAttempts < 1) {
            throw new InvalidRequestException("maxAttempts", maxAttempts + " attempts are none at all", "1 or more");
        }
        if (firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
            throw new InvalidRequestException(
                    "maxDelay", "the waits run from " + firstDelay + " to " + maxDelay, "0 <= firstDelay <= maxDelay");
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new InvalidRequestException("jitter", "the jitter is " + jitter, "0 to 1");
        }
    }

    /** Four attempts, waiting 250 ms, 500 ms and 1 s, each up to half shorter by chance. */
    public static RetrySettings defaults() {
        return new RetrySettings(4, Duration.ofMillis(250), Duration.ofSeconds(8), 0.5);
    }

    /** One attempt. */
    public static RetrySettings never() {
        return new RetrySettings(1, Duration.ZERO, Duration.ZERO, 0);
    }

    /**
     * The wait before a repetition.
     *
     * @param failures how many attempts have failed, at least 1
     * @param chance a number from 0 to 1, drawn for this wait
     */
    public Duration delayAfter(int failures, double chance) {
        Duration delay = firstDelay;
        for (int i = 1; i < failures && delay.compareTo(maxDelay) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        if (delay.compareTo(maxDelay) > 0) {
            delay = maxDelay;
        }
        return Duration.ofNanos(Math.round(delay.toNanos() * (1 - jitter * chance)));
    }
}
