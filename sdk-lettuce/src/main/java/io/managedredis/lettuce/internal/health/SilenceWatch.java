package io.managedredis.lettuce.internal.health;

import java.time.Duration;

/**
 * Notices on one socket that commands wait and nothing at all arrives, and says what to do about it: ask the endpoint on another
 * socket, or, when it does not answer there either, leave it. A slow command alone never makes it leave, for then the endpoint
 * answers elsewhere; each such answer doubles the patience until something arrives. Knows nothing but what each look tells it;
 * times are nanoseconds from any one origin. Not thread-safe.
 */
public final class SilenceWatch {

    /** What a look leads to. */
    public enum Step {
        /** Nothing to do. */
        NONE,
        /** Send the endpoint a PING on another socket now. */
        ASK,
        /** Nothing arrived here, and the PING under way was not answered: the endpoint is gone. */
        LEAVE
    }

    private static final long ROUND_TRIPS = 8;
    private static final int MOST_DOUBLINGS = 16;

    private final long silenceNanos;
    private boolean silent;
    private long silentSince;
    private long arrivals;
    private long askedAt;
    private int asked;

    /**
     * A watch of a socket on which nothing waits.
     *
     * @param silence the shortest silence that means anything; eight of the endpoint's fastest round trips when those are longer. As long as none was
     *     measured, it is not known what silence means, and the PING alone decides
     */
    public SilenceWatch(Duration silence) {
        this.silenceNanos = silence.toNanos();
    }

    /**
     * A look at the socket.
     *
     * @param waiting whether commands were sent and not answered
     * @param arrivedSoFar how often anything has arrived
     * @param endpoint tells of the PINGs that any socket has sent there
     */
    public Step look(boolean waiting, long arrivedSoFar, EndpointHealth endpoint, long now) {
        boolean arrived = arrivedSoFar != arrivals;
        arrivals = arrivedSoFar;
        if (!waiting || arrived || !silent) {
            // Counted from the look, not from the arrival before it: what waits may have been sent just now.
            silent = waiting;
            silentSince = now;
            asked = 0;
            return Step.NONE;
        }
        long roundTrip = endpoint.fastestNanos();
        long patience = Math.max(silenceNanos, ROUND_TRIPS * roundTrip);
        if (roundTrip == EndpointHealth.UNMEASURED || now - silentSince < patience) {
            return Step.NONE;
        }
        long unanswered = endpoint.nanosSincePing(now);
        if (unanswered >= 0) {
            return unanswered >= patience + patience / 2 ? Step.LEAVE : Step.NONE;
        }
        if (asked > 0 && now - askedAt < patience << Math.min(asked, MOST_DOUBLINGS)) {
            return Step.NONE;
        }
        asked++;
        askedAt = now;
        return Step.ASK;
    }
}
