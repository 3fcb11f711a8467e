package io.managedredis.lettuce.internal.consistency;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A write on its way. End it once: {@link #acknowledged()} when its outcome is settled, {@link #neverSent()} when it has not left.
 * What comes after the first end is ignored. Thread-safe.
 *
 * <p>A write whose answer was lost by a time-out or a broken socket ends by {@link #acknowledged()} too: it may have happened.
 * A server that runs it still later than the fence that follows breaks no promise, for the write was never acknowledged.
 */
public final class WriteMark {

    private final ReplicationFence fence;
    private final int[] places;
    private final AtomicBoolean ended = new AtomicBoolean();

    WriteMark(ReplicationFence fence, int[] places) {
        this.fence = fence;
        this.places = places;
    }

    /**
     * The write has been answered, or its answer is given up. An error counts as well: a script may have written before it failed.
     *
     * @return a position that covers the write, for a session's token; 0 when the mark had ended before
     */
    public long acknowledged() {
        return ended.compareAndSet(false, true) ? fence.acknowledged(places) : 0;
    }

    /** The write did not leave this process and never will. */
    public void neverSent() {
        if (ended.compareAndSet(false, true)) {
            fence.withdrawn(places);
        }
    }
}
