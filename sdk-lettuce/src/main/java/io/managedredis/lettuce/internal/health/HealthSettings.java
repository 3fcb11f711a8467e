package io.managedredis.lettuce.internal.health;

import io.managedredis.error.InvalidRequestException;
import java.time.Duration;

/**
 * How endpoints are measured and judged.
 *
 * @param pingInterval the time between two PINGs of an endpoint in use
 * @param memory the time after which a measurement has lost two thirds of its weight
 * @param staleAfter the time after which an average without a new measurement counts as absent
 * @param failuresToOpen so many failures in a row take an endpoint out
 * @param successesToClose so many answered probes in a row bring it back
 * @param firstRetry the time from taking it out to the first probe; doubles with each probe that fails
 * @param longestRetry the longest time between two probes of an endpoint that is out
 */
public record HealthSettings(
        Duration pingInterval,
        Duration memory,
        Duration staleAfter,
        int failuresToOpen,
        int successesToClose,
        Duration firstRetry,
        Duration longestRetry) {

    /** A PING each 2 s, memory of 10 s, stale after 15 s; out after 2 failures, probed after 250 ms and each 2 s at the latest. */
    public static final HealthSettings DEFAULT = new HealthSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            2,
            2,
            Duration.ofMillis(250),
            Duration.ofSeconds(2));

    /**
     * Checks the values.
     *
     * @throws InvalidRequestException when one is out of range
     */
    public HealthSettings {
        requirePositive("pingInterval", pingInterval);
        requirePositive("memory", memory);
        requirePositive("staleAfter", staleAfter);
        requirePositive("firstRetry", firstRetry);
        requireAtLeastOne("failuresToOpen", failuresToOpen);
        requireAtLeastOne("successesToClose", successesToClose);
        if (longestRetry.compareTo(firstRetry) < 0) {
            throw new InvalidRequestException(
                    "longestRetry", longestRetry + " is below the first retry", "at least " + firstRetry);
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidRequestException(name, duration + " is not above zero", "a positive duration");
        }
    }

    private static void requireAtLeastOne(String name, int number) {
        if (number < 1) {
            throw new InvalidRequestException(name, number + " is below one", "one or more");
        }
    }
}
