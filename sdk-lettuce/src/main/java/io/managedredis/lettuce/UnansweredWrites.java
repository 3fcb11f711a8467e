package io.managedredis.lettuce;

/** What happens to writes that were sent but not answered when their socket closed. Reads are always sent again. */
public enum UnansweredWrites {
    /**
     * They fail with {@link io.managedredis.lettuce.error.WriteOutcomeUnknownException}: the server may or may not have run
     * them, and the caller decides. The default, for sending {@code INCR} twice counts twice.
     */
    FAIL,
    /** They are sent again after the reconnect, as Lettuce does. For writes that are the same when done twice. */
    REPLAY
}
