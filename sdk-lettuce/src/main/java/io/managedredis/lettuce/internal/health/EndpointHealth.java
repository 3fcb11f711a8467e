package io.managedredis.lettuce.internal.health;

/**
 * The state of one endpoint, from its connection's events and its answers to PING. Thread-safe; times are nanoseconds given by the
 * caller, from any one origin.
 *
 * <p>A breaker of three states decides whether commands go there:
 * <ul>
 *   <li>{@link State#CLOSED}: in use while connected, measured at each ping interval. Failures in a row, or one lost connection, open
 *       it.
 *   <li>{@link State#OPEN}: out of use. After a pause, doubling up to a limit of seconds, one PING is due as a probe.
 *   <li>{@link State#HALF_OPEN}: a probe was answered; further ones are due at once. Enough in a row close the breaker, one failure
 *       opens it again. Still out of use: only probes are risked, never a caller's command.
 * </ul>
 * What was measured before the breaker opened is forgotten, so a recovered endpoint is as fast as it answers now.
 */
public final class EndpointHealth {

    /** See {@link EndpointHealth}. */
    public enum State {
        /** In use. */
        CLOSED,
        /** Out of use. */
        OPEN,
        /** Out of use, answering again. */
        HALF_OPEN
    }

    /** The round trip of an endpoint that has none; never fast. */
    public static final long UNMEASURED = RoundTripAverage.UNMEASURED;

    private final HealthSettings settings;
    private final RoundTripAverage average;
    private State state = State.CLOSED;
    private boolean connected;
    private int failures;
    private int successes;
    private long retryNanos;
    private long pingDueAt;
    private boolean pinging;
    private long pingBegunAt;
    private long fastestNanos = UNMEASURED;

    /** An endpoint that is not connected yet. */
    public EndpointHealth(HealthSettings settings) {
        this.settings = settings;
        this.average = new RoundTripAverage(settings.memory(), settings.staleAfter());
        this.retryNanos = settings.firstRetry().toNanos();
    }

    /** The connection stands; a PING is due at once. */
    public synchronized void connected(long now) {
        connected = true;
        fastestNanos = UNMEASURED;
        pinging = false;
        pingDueAt = now;
    }

    /** The connection is lost: out of use at once. */
    public synchronized void disconnected(long now) {
        if (connected) {
            connected = false;
            pinging = false;
            open(now);
        }
    }

    /** Whether a PING is to be sent now; then {@link #answered} or {@link #failed} must follow. */
    public synchronized boolean beginPing(long now) {
        if (!connected || pinging || now - pingDueAt < 0) {
            return false;
        }
        pinging = true;
        pingBegunAt = now;
        return true;
    }

    /** How long the PING under way has been so, or a negative number when none is. */
    public synchronized long nanosSincePing(long now) {
        return pinging ? Math.max(0, now - pingBegunAt) : -1;
    }

    /** Something suggests that a PING is worth while before its time: one is due at once. */
    public synchronized void doubt(long now) {
        if (connected && !pinging) {
            pingDueAt = now;
        }
    }

    /** A PING was answered. */
    public synchronized void answered(long roundTripNanos, long now) {
        if (!connected) {
            return;
        }
        pinging = false;
        failures = 0;
        average.add(roundTripNanos, now);
        fastestNanos = fastestNanos < 0 ? roundTripNanos : Math.min(fastestNanos, roundTripNanos);
        if (state == State.CLOSED) {
            pingDueAt = now + settings.pingInterval().toNanos();
            return;
        }
        state = State.HALF_OPEN;
        pingDueAt = now;
        if (++successes >= settings.successesToClose()) {
            state = State.CLOSED;
            retryNanos = settings.firstRetry().toNanos();
            pingDueAt = now + settings.pingInterval().toNanos();
        }
    }

    /** A PING was not answered in time. */
    public synchronized void failed(long now) {
        pinging = false;
        fail(now);
    }

    /** A command was not answered in time, or failed for a reason that lies with the endpoint. */
    public synchronized void commandFailed(long now) {
        if (state == State.CLOSED) {
            fail(now);
        }
    }

    private void fail(long now) {
        if (state == State.HALF_OPEN || state == State.CLOSED && ++failures >= settings.failuresToOpen()) {
            open(now);
        } else if (state == State.OPEN && now - pingDueAt >= 0) {
            lengthenRetry();
            pingDueAt = now + retryNanos;
        } else if (state == State.CLOSED) {
            // The next answer decides, so it should not take a whole interval.
            pingDueAt = now;
        }
    }

    private void open(long now) {
        if (state == State.HALF_OPEN) {
            lengthenRetry();
        }
        state = State.OPEN;
        failures = 0;
        successes = 0;
        average.forget();
        pingDueAt = now + retryNanos;
    }

    private void lengthenRetry() {
        retryNanos = Math.min(retryNanos * 2, settings.longestRetry().toNanos());
    }

    /** Whether commands may go there. */
    public synchronized boolean isUsable() {
        return connected && state == State.CLOSED;
    }

    /** The breaker's state. */
    public synchronized State state() {
        return state;
    }

    /** The moving average of round trips in nanoseconds, or {@link #UNMEASURED}. */
    public synchronized long roundTripNanos(long now) {
        return average.nanos(now);
    }

    /** The fastest round trip since it was connected, which is what its distance costs; or {@link #UNMEASURED}. */
    public synchronized long fastestNanos() {
        return fastestNanos;
    }

    /** How long until {@link #beginPing} should be asked: 0 for now, {@link Long#MAX_VALUE} while there is nothing to ping. */
    public synchronized long nanosUntilPing(long now) {
        return connected && !pinging ? Math.max(0, pingDueAt - now) : Long.MAX_VALUE;
    }
}
