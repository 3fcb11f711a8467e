package io.managedredis.testing;

/** Which commands the databases of a local service offer. */
public enum Face {
    /** What the managed service offers; other commands answer as they do there. The default. */
    MANAGED,
    /** Everything that Redis offers. */
    REDIS
}
