package io.managedredis.lease;

import io.managedredis.Database;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A database for a while. Its name says whose it is and until when, so that a sweep can delete it after this process has
 * crashed. Nothing is deleted at the end of the lease by itself. Close it before the client it came from. Safe for use by
 * several threads.
 */
public interface DatabaseLease extends AutoCloseable {

    /** The database as it was when it was created. */
    Database database();

    /** Whose it is. */
    String owner();

    /** Until when, by the provider's clock. A sweep deletes it afterwards. */
    Instant expiresAt();

    /** Deletes the database. The second time, and where it is gone already, nothing happens. */
    @Override
    void close();

    /** As {@link #close()}, without waiting. */
    CompletableFuture<Void> closeAsync();
}
