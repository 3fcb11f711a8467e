package io.managedredis.benchmarks.results;

import io.managedredis.benchmarks.stats.PairedRatio;
import org.jspecify.annotations.Nullable;

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
        /** The end of the ratio's interval that lies nearer to the goal: only a ratio that surely misses it does. */
        RATIO_INTERVAL,
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

    /** Ours should not be larger than the peer's as far as can be told: 1 in the interval of the ratio, or above it. */
    public static Goal notAbovePeer() {
        return new Goal(Bound.AT_MOST, 1, Subject.RATIO_INTERVAL);
    }

    /** Our number should be at most this. */
    public static Goal atMost(double value) {
        return new Goal(Bound.AT_MOST, value, Subject.OURS);
    }

    /** Our number should be at least this. */
    public static Goal atLeast(double value) {
        return new Goal(Bound.AT_LEAST, value, Subject.OURS);
    }

    boolean isMetBy(double ours, @Nullable PairedRatio ratio) {
        if (subject == Subject.OURS) {
            return isMetBy(ours);
        }
        if (ratio == null) {
            return false;
        }
        if (subject == Subject.RATIO) {
            return isMetBy(ratio.median());
        }
        return isMetBy(
                bound == Bound.AT_MOST
                        ? ratio.interval().low()
                        : ratio.interval().high());
    }

    boolean isMetBy(double measured) {
        return bound == Bound.AT_MOST ? measured <= value : measured >= value;
    }

    @Override
    public String toString() {
        String number = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        String side = (bound == Bound.AT_MOST ? "at most " : "at least ") + number;
        return switch (subject) {
            case OURS -> side;
            case RATIO -> "ratio " + side;
            case RATIO_INTERVAL -> "ratio " + side + " within the interval";
        };
    }
}
