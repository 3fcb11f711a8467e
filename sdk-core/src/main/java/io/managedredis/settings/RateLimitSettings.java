package io.managedredis.settings;

import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import java.util.Objects;

/**
 * How many requests this client sends at most, repetitions included. A request beyond that waits for its turn.
 *
 * @param requests how many
 * @param per in which time
 * @param maxWait the longest wait; a request that would have to wait longer fails
 */
public record RateLimitSettings(int requests, Duration per, Duration maxWait) {

    /**
     * Checks the values.
     *
     * @throws InvalidRequestException when one is out of range
     */
    public RateLimitSettings {
        Objects.requireNonNull(per, "per");
        Objects.requireNonNull(maxWait, "maxWait");
        if (requests < 1) {
            throw new InvalidRequestException("requests", requests + " requests are none at all", "1 or more");
        }
        if (per.isNegative() || per.isZero() || maxWait.isNegative()) {
            throw new InvalidRequestException(
                    "per", requests + " requests per " + per + ", waiting " + maxWait, "per > 0 and maxWait >= 0");
        }
    }

    /** So many requests a second; one waits at most 30 seconds for its turn. */
    public static RateLimitSettings perSecond(int requests) {
        return new RateLimitSettings(requests, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }
}
