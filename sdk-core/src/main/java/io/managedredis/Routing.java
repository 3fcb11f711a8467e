package io.managedredis;

/** Who decides which region serves a command. */
public enum Routing {
    /**
     * The platform: the database has one address, which leads to the nearest replica or to the primary. The region that
     * serves is not known to the client.
     */
    BY_PLATFORM,
    /** The client: primary and replicas have an address each. */
    BY_REGION
}
