package io.managedredis.testing.internal.data.command;

/** Where a command goes from a replica's gateway. */
public enum Route {
    /** Reads data: to the local replica, unless the connection must see something newer. */
    READ,
    /** Reads with a cursor, which only the server that gave it understands: to the local replica once it is new enough. */
    CURSOR,
    /** Needs no data: wherever the connection is at. */
    ANYWHERE,
    /** Writes, or is answered by the primary only. */
    PRIMARY,
    /** Changes the state of the connection; the gateway looks into it. */
    CONNECTION
}
