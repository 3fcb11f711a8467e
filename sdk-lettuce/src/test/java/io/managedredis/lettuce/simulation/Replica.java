package io.managedredis.lettuce.simulation;

import java.util.random.RandomGenerator;

/** A replica: applies the log in order, later. It can fall behind, copy the data anew, or come back from an old file. */
final class Replica extends Server {

    private final Scheduler scheduler;
    private final Primary primary;
    private final RandomGenerator random;
    private final int[] saved;
    private final long lag;
    private int savedAt;
    private int applied;
    private int incarnation;
    private boolean awake;
    boolean stalled;
    boolean linkDown;

    Replica(String name, Scheduler scheduler, Primary primary, long lag, RandomGenerator random) {
        super(name, primary.versions.length);
        this.scheduler = scheduler;
        this.primary = primary;
        this.lag = lag;
        this.random = random;
        this.saved = new int[primary.versions.length];
        primary.follow(this::wake);
    }

    /** Something that held it up has changed, or the log has grown. */
    void wake() {
        if (!awake) {
            stepAfter(random.nextLong(Scheduler.MILLIS));
        }
    }

    private void stepAfter(long delay) {
        awake = true;
        int of = incarnation;
        scheduler.after(delay, () -> step(of));
    }

    private void step(int of) {
        if (of != incarnation) {
            return;
        }
        awake = false;
        long ready = scheduler.now() - lag;
        while (!stalled && !linkDown && isUp() && applied < primary.log.size()) {
            long early = primary.log.get(applied).at() - ready;
            if (early > 0 || random.nextInt(16) == 0) {
                stepAfter(Math.max(0, early) + random.nextLong(2 * Scheduler.MILLIS));
                return;
            }
            Primary.applyTo(this, primary.log.get(applied++));
        }
    }

    /** Writes the data to its file. */
    void save() {
        System.arraycopy(versions, 0, saved, 0, saved.length);
        savedAt = applied;
    }

    /** Takes all data from the primary at once: publications since are never seen here. */
    void copyAnew() {
        System.arraycopy(primary.versions, 0, versions, 0, versions.length);
        applied = primary.log.size();
    }

    /** The process ends and starts again with what its file holds. */
    void restart() {
        System.arraycopy(saved, 0, versions, 0, versions.length);
        applied = savedAt;
        subscriptions.clear();
        int next = ++incarnation;
        awake = true;
        scheduler.after(random.nextLong(200 * Scheduler.MILLIS), () -> {
            if (next == incarnation && random.nextBoolean()) {
                copyAnew();
            }
            step(next);
        });
    }
}
