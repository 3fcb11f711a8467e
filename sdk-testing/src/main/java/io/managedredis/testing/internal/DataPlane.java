package io.managedredis.testing.internal;

/** The real Redis processes, and the gateways in front of them, of all databases of one service. Thread safe. */
public interface DataPlane extends AutoCloseable {

    /**
     * Starts a database and returns when its primary takes writes and every replica is in sync.
     *
     * @throws io.managedredis.error.ManagedRedisException when it cannot be started; nothing is left behind then
     */
    RunningDatabase start(DatabaseDefinition definition);

    /** Ends every database. Returns when no process, thread or port is left. */
    @Override
    void close();
}
