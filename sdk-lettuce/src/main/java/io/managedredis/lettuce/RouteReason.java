package io.managedredis.lettuce;

/** Why a command goes where it goes. */
public enum RouteReason {
    /** A read, and the near replica may serve it. */
    NEAR_REPLICA(false, "a read that the near replica may serve"),
    /** It changes data. */
    WRITE(true, "it changes data"),
    /** Only the primary can answer it. */
    PRIMARY_ONLY(true, "only the primary can answer it"),
    /** A transaction is open. */
    TRANSACTION(true, "a transaction is open, and all that belongs to it stays in one place"),
    /** The consistency asked for wants the primary. */
    CONSISTENCY(true, "the consistency asked for wants the primary"),
    /** One of its keys was written, and it is not proven that the replica has it yet. */
    UNPROVEN_KEY(true, "a key of it was written, and it is not proven yet that the replica has it"),
    /** The replica is further behind, or not proven to be closer, than the consistency allows. */
    TOO_STALE(true, "the replica is not proven to be as current as the consistency asks for"),
    /** There is no replica that can be used now. */
    NO_REPLICA(true, "there is no replica that can be used now"),
    /** An iteration goes on where it began. */
    CURSOR(false, "an iteration goes on where it began"),
    /** It may wait at the server, so it gets a socket of its own. */
    BLOCKING(true, "it may wait at the server, and gets a socket of its own"),
    /** It changes the session, so every socket gets it. */
    EVERYWHERE(true, "it changes the session, so every socket gets it; the primary's answer counts"),
    /** The platform routes. */
    PLATFORM(true, "there is one address, and the platform routes");

    private final boolean primary;
    private final String description;

    RouteReason(boolean primary, String description) {
        this.primary = primary;
        this.description = description;
    }

    /** Whether it leads to the primary. */
    public boolean toPrimary() {
        return primary;
    }

    /** In words. */
    public String description() {
        return description;
    }
}
