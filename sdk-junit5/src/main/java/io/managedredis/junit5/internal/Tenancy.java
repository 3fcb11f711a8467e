package io.managedredis.junit5.internal;

import io.managedredis.Database;
import io.managedredis.Endpoints;
import io.managedredis.ManagedRedisClient;
import io.managedredis.RedisUrl;
import io.managedredis.testing.LocalManagedRedis;
import java.util.Optional;

/** A database that exists for a test. Closing it deletes the database. */
interface Tenancy extends AutoCloseable {

    /** The database, with its addresses from where the test stands. */
    Database database();

    /** Its addresses from where the test stands. */
    Endpoints endpoints();

    /** The shortest way to the primary, for what the extension itself does. */
    RedisUrl housekeepingUrl();

    /** A management client that shows the database. The caller does not close it. */
    ManagedRedisClient client();

    /** The service that the database is on, where that is on this machine. */
    Optional<LocalManagedRedis> service();

    @Override
    void close();
}
