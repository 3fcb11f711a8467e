package io.managedredis.benchmarks.results;

/**
 * What a measurement should reach.
 *
 * @param bound on which side of the value it should be
 * @param value the value
 * @param subject what is compared with it
 */
public record Goal(Bound bound, double value, Subject subject) {

    /** A side. */
    public enum Bound {
        /** The goal is met by this and less. */
        AT_MOST,
        /** The goal is met by this and more. */
        AT_LEAST
    }

    /** What a goal speaks of. */
    public enum Subject {
        /** The ratio of ours to the peer. */
        RATIO,
        /** Our number itself. */
        OURS
    }

    /** The ratio should be at most this. */
    public static Goal ratioAtMost(double value) {
        return new Goal(Bound.AT_MOST, value, Subject.RATIO);
    }

    /** The ratio should be at least this. */
    public static Goal ratioAtLeast(double value) {
        return new Goal(Bound.AT_LEAST, value, Subject.RATIO);
    }

    /** Our number should be at most this. */
    public static Goal atMost(double value) {
        return new Goal(Bound.AT_MOST, value, Subject.OURS);
    }

    /** Our number should be at least this. */
    public static Goal atLeast(double value) {
        return new Goal(Bound.AT_LEAST, value, Subject.OURS);
    }

    boolean isMetBy(double measured) {
        return bound == Bound.AT_MOST ? measured <= value : measured >= value;
    }

    @Override
    public String toString() {
        return (subject == Subject.RATIO ? "ratio " : "") + (bound == Bound.AT_MOST ? "at most " : "at least ") + value;
    }
}
