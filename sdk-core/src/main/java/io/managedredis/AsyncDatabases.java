package io.managedredis;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The verbs on databases, without waiting. Each future fails with the error that the verb of the same name in
 * {@link Databases} throws. Cancelling a future gives up what is under way; a change that was sent may happen all the same.
 * Safe for use by several threads.
 */
public interface AsyncDatabases {

    /** See {@link Databases#create(DatabaseSpec)}. */
    CompletableFuture<Database> create(DatabaseSpec spec);

    /** See {@link Databases#get(DatabaseId)}. */
    CompletableFuture<Database> get(DatabaseId id);

    /** See {@link Databases#find(String)}. */
    CompletableFuture<Optional<Database>> find(String name);

    /** The first page of {@link Databases#list(DatabaseFilter)}. */
    CompletableFuture<DatabasePage> list(DatabaseFilter filter);

    /** See {@link Databases#delete(DatabaseId)}. */
    CompletableFuture<Void> delete(DatabaseId id);

    /** The same verbs with another limit for the whole of each call; shares everything else. */
    AsyncDatabases withTimeout(Duration timeout);
}
