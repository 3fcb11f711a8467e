package io.managedredis.testing.internal.data.gateway;

/** The reasons to take on no requests that hold now. Used on one event loop. */
final class Pauses {

    private final Runnable onLast;
    private int reasons;

    /** None yet; the action runs whenever the last one ends. */
    Pauses(Runnable onLast) {
        this.onLast = onLast;
    }

    boolean any() {
        return reasons != 0;
    }

    boolean has(Pause reason) {
        return (reasons & reason.bit) != 0;
    }

    void begin(Pause reason) {
        reasons |= reason.bit;
    }

    void end(Pause reason) {
        if (has(reason)) {
            reasons &= ~reason.bit;
            if (reasons == 0) {
                onLast.run();
            }
        }
    }
}
