package io.managedredis.lettuce.internal.consistency;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A write on its way. End it once: {@link #acknowledged()} when its outcome is settled, {@link #neverSent()} when it has not left.
 * What comes after the first end is ignored. Thread-safe.
 *
 * <p>A write whose answer was lost by a time-out or a broken socket ends by {@link #acknowledged()} too: it may have happened.
 * A server that runs it still later than the fence that follows breaks no promise, for the write was never acknowledged.
 */
public final class WriteMark {

    private static final VarHandle ENDED;

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(WriteMark.class, "ended", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    private final ReplicationFence fence;
    private final int place;
    private final int @Nullable [] places;
    private volatile boolean ended;

    /** Of one place. */
    WriteMark(ReplicationFence fence, int place) {
        this.fence = fence;
        this.place = place;
        this.places = null;
    }

    /** Of several, or none. */
    WriteMark(ReplicationFence fence, int[] places) {
        this.fence = fence;
        this.place = 0;
        this.places = places;
    }

    /**
     * The write has been answered, or its answer is given up. An error counts as well: a script may have written before it failed.
     *
     * @return a position that covers the write, for a session's token; 0 when the mark had ended before
     */
    public long acknowledged() {
        if (!end()) {
            return 0;
        }
        return places == null ? fence.acknowledged(place) : fence.acknowledged(places);
    }

    /** The write did not leave this process and never will. */
    public void neverSent() {
        if (end()) {
            if (places == null) {
                fence.withdrawn(place);
            } else {
                fence.withdrawn(places);
            }
        }
    }

    private boolean end() {
        return ENDED.compareAndSet(this, false, true);
    }
}
