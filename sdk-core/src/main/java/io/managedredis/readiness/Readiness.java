package io.managedredis.readiness;

import io.managedredis.Database;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Waits until a database can be used: until the provider says so and gives an address, and with a probe also until the address
 * answers. Immutable: each method that sets something gives a copy. Safe for use by several threads.
 */
public interface Readiness {

    /** Asks the address too. Default: no probe. */
    Readiness probe(ReadinessProbe probe);

    /** Looks so many times at most. Default: as often as time allows. */
    Readiness maxAttempts(int attempts);

    /** The wait between looks, which doubles from the first to the longest. Default: 250 ms to 5 s. */
    Readiness backoff(Duration first, Duration longest);

    /** Is told what each look found, on the thread that looked. Default: nobody. */
    Readiness onProgress(Consumer<ReadinessProgress> listener);

    /**
     * Waits for the database.
     *
     * @param timeout how long
     * @return the database as it is when it can be used
     * @throws io.managedredis.error.NotReadyException when it has failed, cannot be reached from here, or is not ready after
     *     the last look
     * @throws io.managedredis.error.DeadlineExceededException when the time is over
     * @throws io.managedredis.error.NotFoundException when there is no such database
     */
    Database await(Duration timeout);

    /** As {@link #await(Duration)}, without waiting; cancelling the future ends the looking. */
    CompletableFuture<Database> awaitAsync(Duration timeout);
}
