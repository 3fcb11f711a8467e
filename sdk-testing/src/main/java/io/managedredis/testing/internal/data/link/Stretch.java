package io.managedredis.testing.internal.data.link;

import java.time.Duration;
import java.util.List;

/** One way of the network between two points: a distance, and the conditions of the regions it touches. Thread safe. */
public final class Stretch {

    private final long distanceNanos;
    private final List<Conditions> conditions;
    private volatile boolean bypassed;

    private Stretch(long distanceNanos, List<Conditions> conditions) {
        this.distanceNanos = distanceNanos;
        this.conditions = conditions;
    }

    /** One way of this round trip, under these conditions. */
    public static Stretch halfOf(Duration roundTrip, Conditions... conditions) {
        return new Stretch(roundTrip.toNanos() / 2, List.of(conditions));
    }

    /** Whether bytes take no time and nothing stops them, whatever distance and conditions. */
    public void bypass(boolean on) {
        bypassed = on;
    }

    /** How long bytes that start now take. */
    long delayNanos() {
        if (bypassed) {
            return 0;
        }
        long total = distanceNanos;
        for (int i = 0; i < conditions.size(); i++) {
            total += conditions.get(i).delayNanos();
        }
        return total;
    }

    /** Whether nothing comes through at the moment. */
    boolean isHeld() {
        if (bypassed) {
            return false;
        }
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).isHeld()) {
                return true;
            }
        }
        return false;
    }

    void onRelease(Runnable listener) {
        conditions.forEach(condition -> condition.addListener(listener));
    }

    void forget(Runnable listener) {
        conditions.forEach(condition -> condition.removeListener(listener));
    }
}
