package io.managedredis;

import io.managedredis.lease.DatabaseLease;
import io.managedredis.lease.SweepReport;
import io.managedredis.pricing.CostEstimate;
import io.managedredis.pricing.MonthlyUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

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

    /** See {@link Databases#update(DatabaseId, Consumer)}. */
    CompletableFuture<Database> update(DatabaseId id, Consumer<DatabaseUpdate> changes);

    /** See {@link Databases#diff(DatabaseSpec)}. */
    CompletableFuture<ChangeSet> diff(DatabaseSpec spec);

    /** See {@link Databases#diff(DatabaseId, Consumer)}. */
    CompletableFuture<ChangeSet> diff(DatabaseId id, Consumer<DatabaseUpdate> changes);

    /** See {@link Databases#estimate(DatabaseSpec)}. */
    CompletableFuture<Optional<CostEstimate>> estimate(DatabaseSpec spec);

    /** See {@link Databases#estimate(DatabaseSpec, MonthlyUsage)}. */
    CompletableFuture<Optional<CostEstimate>> estimate(DatabaseSpec spec, MonthlyUsage usage);

    /** See {@link Databases#ensure(DatabaseSpec)}. */
    CompletableFuture<EnsureResult> ensure(DatabaseSpec spec);

    /** See {@link Databases#ensureCaches(RegionalCacheSpec)}. */
    CompletableFuture<RegionalCaches> ensureCaches(RegionalCacheSpec spec);

    /** See {@link Databases#delete(DatabaseId)}. */
    CompletableFuture<Void> delete(DatabaseId id);

    /** See {@link Databases#resetPassword(DatabaseId)}. */
    CompletableFuture<Database> resetPassword(DatabaseId id);

    /** See {@link Databases#statistics(DatabaseId)}. */
    CompletableFuture<DatabaseStatistics> statistics(DatabaseId id);

    /** See {@link Databases#lease(DatabaseSpec, Duration)}. */
    CompletableFuture<DatabaseLease> lease(DatabaseSpec spec, Duration length);

    /** See {@link Databases#lease(DatabaseSpec, Duration, String)}. */
    CompletableFuture<DatabaseLease> lease(DatabaseSpec spec, Duration length, String owner);

    /** See {@link Databases#sweep()}. */
    CompletableFuture<SweepReport> sweep();

    /** See {@link Databases#sweep(String)}. */
    CompletableFuture<SweepReport> sweep(String organization);

    /** The same verbs with another limit for the whole of each call; shares everything else. */
    AsyncDatabases withTimeout(Duration timeout);
}
