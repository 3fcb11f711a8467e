package io.managedredis.lettuce.internal.command;

/** Where a command may run. */
public enum Route {
    /** Any endpoint that satisfies the consistency asked for. A replica accepts it. */
    READ,
    /** The primary; it changes data. */
    WRITE,
    /** The primary, though it changes no data: a replica refuses it, or its answer is about the primary. */
    PRIMARY,
    /** State of a session, such as SELECT: each connection to each endpoint must get it, later ones too. */
    EVERYWHERE,
    /** Subscriptions: the pub/sub connection of the nearest endpoint. */
    SUBSCRIBE,
    /** MULTI and WATCH: the primary, where all that follows stays. */
    PIN,
    /** EXEC, DISCARD and UNWATCH: the end of a pin. */
    UNPIN
}
