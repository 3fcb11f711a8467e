package io.managedredis.testing.internal.data.gateway;

/** Why no requests of a client are taken on at the moment. */
enum Pause {
    /** A server is being connected to. */
    CONNECTING,
    /** What was asked before must be answered first. */
    ANSWERS_DUE,
    /** The replica lacks something that this client has seen. */
    REPLICA_BEHIND,
    /** A server takes no more bytes. */
    UPSTREAM_FULL,
    /** Something must be known or done elsewhere before the request at hand. */
    ASKING,
    /** The plan's commands a second are used up. */
    THROTTLED,
    /** The plan's bytes are used up. */
    BANDWIDTH_USED_UP,
    /** Room is made for data, or the data is measured. */
    MAKING_ROOM;

    final int bit = 1 << ordinal();
}
