package io.managedredis.testing.internal.data.link;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How the network is doing at one place: what it adds to each way, and whether anything comes through. Thread safe. */
public final class Conditions {

    private final Random random;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private volatile long extraNanos;
    private volatile long jitterNanos;
    private volatile boolean held;

    /** Good conditions: nothing added. */
    public Conditions(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Sets them.
     *
     * @param extra added to each way
     * @param jitter of which a random part is added to each way
     * @param nothingComesThrough whether bytes wait; once this is over, those that waited come first
     */
    public void set(Duration extra, Duration jitter, boolean nothingComesThrough) {
        extraNanos = extra.toNanos();
        jitterNanos = jitter.toNanos();
        boolean released = held && !nothingComesThrough;
        held = nothingComesThrough;
        if (released) {
            listeners.forEach(Runnable::run);
        }
    }

    long delayNanos() {
        long jitter = jitterNanos;
        return extraNanos + (jitter == 0 ? 0 : (long) (random.nextDouble() * jitter));
    }

    boolean isHeld() {
        return held;
    }

    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }
}
