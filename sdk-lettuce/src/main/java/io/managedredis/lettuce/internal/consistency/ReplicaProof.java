package io.managedredis.lettuce.internal.consistency;

/**
 * What has been proven about one replica. Made by {@link ReplicationFence#attach()}; its changes go through the fence, which
 * serialises them, its questions may be asked by any thread.
 */
public final class ReplicaProof {

    /** Nothing is proven: all reads that need a proof go to the primary. */
    static final long NOTHING = -1;

    /** Read by every dispatch: the newest fence that has arrived, or {@link #NOTHING}. */
    private volatile long proven;

    private volatile boolean dated;
    private volatile long currentAt;
    private volatile long lagNanos = -1;

    // The rest is guarded by the fence.
    private boolean attached = true;
    private boolean subscribed;
    private long required;
    private long received;

    /** With nothing proven, and nothing that could prove it before a subscriber is there. */
    ReplicaProof() {
        proven = NOTHING;
        required = Long.MAX_VALUE;
    }

    /** There is nothing to prove yet. */
    void trust() {
        required = 0;
        proven = 0;
    }

    /** The newest fence that has arrived, or {@link #NOTHING}. */
    long proven() {
        return proven;
    }

    /**
     * How old the data can be at most: the time since the newest fence that has arrived was sent. {@link Long#MAX_VALUE} when
     * none counts at present.
     *
     * @param now nanoseconds of the clock that the fence is given
     */
    public long stalenessNanos(long now) {
        return dated ? now - currentAt : Long.MAX_VALUE;
    }

    /**
     * How long the last fence took from being sent to arriving, in nanoseconds; -1 before the first. An upper bound of the
     * replication lag: it holds the way to the primary and the way from the replica as well.
     */
    public long lagNanos() {
        return lagNanos;
    }

    boolean isAttached() {
        return attached;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    /** The fence from which on arrivals prove something. */
    long required() {
        return required;
    }

    /** The newest fence seen since the subscription began, also when it proves nothing. */
    long received() {
        return received;
    }

    /** What is proven stays; after a loss that is nothing. */
    void subscribe(long required) {
        subscribed = true;
        received = 0;
        this.required = required;
    }

    void unsubscribe(long required) {
        subscribed = false;
        forgetUntil(required);
    }

    void detach() {
        attached = false;
        unsubscribe(Long.MAX_VALUE);
    }

    /** Nothing is known until this fence, or a later one, arrives. */
    void forgetUntil(long fence) {
        dated = false;
        distrustUntil(fence);
    }

    /** Nothing counts as written there until this fence, or a later one, arrives. */
    void distrustUntil(long fence) {
        required = fence;
        proven = NOTHING;
    }

    /** Whether the fence is one that counts. */
    boolean receive(long number) {
        received = number;
        if (number < required) {
            return false;
        }
        proven = number;
        return true;
    }

    void date(long sentAt, long now) {
        lagNanos = now - sentAt;
        currentAt = sentAt;
        dated = true;
    }
}
