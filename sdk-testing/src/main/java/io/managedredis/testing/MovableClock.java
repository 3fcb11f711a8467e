package io.managedredis.testing;

import io.managedredis.error.InvalidRequestException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that runs like another one and can be moved forward, so that a test sees the next day. Thread safe. */
public final class MovableClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> ahead;

    private MovableClock(Clock base, AtomicReference<Duration> ahead) {
        this.base = base;
        this.ahead = ahead;
    }

    /** A clock that tells the system's time until it is moved. */
    public static MovableClock system() {
        return of(Clock.systemUTC());
    }

    /** A clock that runs like this one until it is moved. */
    public static MovableClock of(Clock base) {
        return new MovableClock(base, new AtomicReference<>(Duration.ZERO));
    }

    /**
     * Moves it forward, in every time zone that it was given.
     *
     * @throws InvalidRequestException when the duration is negative: time does not go back
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new InvalidRequestException("by", "a clock cannot be moved by " + by, "zero or more");
        }
        ahead.accumulateAndGet(by, Duration::plus);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MovableClock(base.withZone(zone), ahead);
    }
}
