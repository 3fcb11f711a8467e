package io.managedredis.lettuce;

import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import java.util.Objects;

/**
 * How the health of endpoints and sockets is watched. A PING is a command and counts against a plan's quota: one a
 * {@code pingInterval} to each endpoint while the connection is used, one an {@code idleInterval} while it is not. A replica that
 * leaves reads unanswered in silence gets one more.
 *
 * @param pingInterval how often an endpoint in use is measured; default one second
 * @param pingTimeout how long a replica may leave a PING unanswered before reads go elsewhere, whether or not reads wait for it;
 *     default one second
 * @param silenceTimeout how long reads may wait for a replica, while nothing at all arrives on their socket, before it gets a PING
 *     at once; default 200 milliseconds, and never less than eight times the fastest round trip measured. When one and a half times as long brings no
 *     answer to the PING and still nothing for the reads, they go elsewhere
 * @param stallTimeout how long a socket to the primary may leave commands unanswered, while nothing at all arrives on it, before
 *     it counts as half-open and is closed; default three seconds. A command that keeps the server busy for longer needs more
 * @param idleInterval how often a socket nobody uses is tried; default thirty seconds
 */
public record HealthSettings(
        Duration pingInterval,
        Duration pingTimeout,
        Duration silenceTimeout,
        Duration stallTimeout,
        Duration idleInterval) {

    /**
     * Checks that everything is positive.
     *
     * @throws InvalidRequestException when a duration is not above zero
     */
    public HealthSettings {
        positive("pingInterval", pingInterval);
        positive("pingTimeout", pingTimeout);
        positive("silenceTimeout", silenceTimeout);
        positive("stallTimeout", stallTimeout);
        positive("idleInterval", idleInterval);
    }

    /** The defaults. */
    public static HealthSettings defaults() {
        return new HealthSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                Duration.ofSeconds(30));
    }

    /** The same with another interval of measuring. */
    public HealthSettings withPingInterval(Duration interval) {
        return new HealthSettings(interval, pingTimeout, silenceTimeout, stallTimeout, idleInterval);
    }

    /** The same with another time after which a replica that does not answer is left. */
    public HealthSettings withPingTimeout(Duration timeout) {
        return new HealthSettings(pingInterval, timeout, silenceTimeout, stallTimeout, idleInterval);
    }

    /** The same with another silence after which a replica that owes answers to reads is asked at once. */
    public HealthSettings withSilenceTimeout(Duration timeout) {
        return new HealthSettings(pingInterval, pingTimeout, timeout, stallTimeout, idleInterval);
    }

    /** The same with another time after which a silent socket counts as half-open. */
    public HealthSettings withStallTimeout(Duration timeout) {
        return new HealthSettings(pingInterval, pingTimeout, silenceTimeout, timeout, idleInterval);
    }

    private static void positive(String field, Duration duration) {
        Objects.requireNonNull(duration, field);
        if (duration.isZero() || duration.isNegative()) {
            throw new InvalidRequestException(field, duration + " is not above zero", "a positive duration");
        }
    }
}
