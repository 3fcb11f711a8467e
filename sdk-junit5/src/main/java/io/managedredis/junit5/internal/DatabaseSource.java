package io.managedredis.junit5.internal;

/** Where the databases of tests come from. Thread safe; all tests of a JVM share one. */
public interface DatabaseSource extends AutoCloseable {

    /**
     * Creates a database, which can be used when this returns. The caller closes it.
     *
     * @throws io.managedredis.testing.RedisUnavailableException when it would run on this machine, which has no Redis
     */
    TestDatabase create(DatabaseRequest request);

    /** Ends what the databases ran on. */
    @Override
    void close();
}
