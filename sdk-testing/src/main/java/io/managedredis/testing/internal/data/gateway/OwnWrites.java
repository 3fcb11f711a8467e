package io.managedredis.testing.internal.data.gateway;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a connection from going back in time: what it wrote, or saw on the primary, it sees again wherever it reads. Used
 * on one event loop.
 */
final class OwnWrites {

    private static final long LONGEST_HOLD_MILLIS = 2_000;

    private final ReplicaProgress progress;
    private final Pauses pauses;
    private final EventLoop loop;
    private long seen;
    private long written;
    private boolean writing;
    private boolean heldTooLong;

    OwnWrites(ReplicaProgress progress, Pauses pauses, EventLoop loop) {
        this.progress = progress;
        this.pauses = pauses;
        this.loop = loop;
    }

    /** A request goes to the primary. */
    void sent(boolean write) {
        heldTooLong = false;
        writing |= write;
    }

    /** What the primary has now is to be seen, too. */
    void saw() {
        seen = progress.takeTicket();
    }

    /** The primary answered; {@code all} when it owes no more. */
    void answered(boolean all) {
        saw();
        if (writing) {
            written = seen;
            writing = !all;
        }
    }

    /**
     * Whether the local server may read for this connection. When it lacks only what others wrote, or cannot be replaced, it
     * is waited for.
     */
    boolean allowLocal(boolean replaceable) {
        if (progress.isRedeemed(seen)) {
            return true;
        }
        if (heldTooLong) {
            return false;
        }
        if (!replaceable || progress.isRedeemed(written)) {
            hold();
            return true;
        }
        return false;
    }

    private void hold() {
        pauses.begin(Pause.REPLICA_BEHIND);
        var timeout = loop.schedule(
                () -> {
                    heldTooLong = true;
                    pauses.end(Pause.REPLICA_BEHIND);
                },
                LONGEST_HOLD_MILLIS,
                TimeUnit.MILLISECONDS);
        progress.whenRedeemed(
                seen,
                () -> loop.execute(() -> {
                    if (timeout.cancel(false)) {
                        pauses.end(Pause.REPLICA_BEHIND);
                    }
                }));
    }
}
