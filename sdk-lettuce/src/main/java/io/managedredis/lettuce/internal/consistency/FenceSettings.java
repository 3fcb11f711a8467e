package io.managedredis.lettuce.internal.consistency;

import io.managedredis.error.InvalidRequestException;
import java.time.Duration;

/**
 * How the fence is run.
 *
 * @param keys how many unproven keys are told apart; with more, all reads go to the primary until they are proven
 * @param minimumInterval the least time between two fences for the sake of writes: a fence is a command like any other, and one
 *     covers all writes before it. A key stays unproven for longer by that time at most. Where replication takes more than
 *     sixteen times as long, a sixteenth of that is kept instead. Zero for one a round trip
 * @param resendInterval after this a fence that has not arrived is followed by another one: a replica that had to copy the
 *     primary's data anew never gets those sent meanwhile
 * @param publishTimeout after this a fence whose sending has not been answered no longer holds back the next
 */
public record FenceSettings(int keys, Duration minimumInterval, Duration resendInterval, Duration publishTimeout) {

    /** 16,384 keys (512 KiB), at least 5 ms between two, resending after 200 ms, giving up an answer after 5 s. */
    public static final FenceSettings DEFAULT =
            new FenceSettings(16_384, Duration.ofMillis(5), Duration.ofMillis(200), Duration.ofSeconds(5));

    /**
     * Checks the values.
     *
     * @throws InvalidRequestException when a number is out of range
     */
    public FenceSettings {
        if (keys < 1 || keys > 1 << 20) {
            throw new InvalidRequestException("keys", "a table of " + keys + " keys", "1 to " + (1 << 20));
        }
        if (minimumInterval.isNegative()) {
            throw new InvalidRequestException(
                    "minimumInterval", minimumInterval + " is negative", "zero or a positive duration");
        }
        requirePositive("resendInterval", resendInterval);
        requirePositive("publishTimeout", publishTimeout);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidRequestException(name, duration + " is not above zero", "a positive duration");
        }
    }
}
