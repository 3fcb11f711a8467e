package io.managedredis;

import io.managedredis.lease.DatabaseLease;
import io.managedredis.lease.SweepReport;
import io.managedredis.pricing.CostEstimate;
import io.managedredis.pricing.MonthlyUsage;
import io.managedredis.readiness.Readiness;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The verbs on databases. Databases are looked up by name and changed by identifier.
 *
 * <p>Each verb ends within the client's call timeout, repetitions included. Errors are those of
 * {@code io.managedredis.error}: an {@code AuthenticationException} where the token is not accepted, an
 * {@code UnavailableException} where the provider cannot be reached, a {@code DeadlineExceededException} where time runs out,
 * an {@code UnknownOutcomeException} where a change was sent and nothing could tell whether it happened. Safe for use by
 * several threads.
 */
public interface Databases {

    /**
     * Creates a database. Organization, plan and regions are checked against what the provider offers before anything is
     * created. Where the specification names no plan, none is sent and the provider chooses: pay-as-you-go at present.
     *
     * @throws io.managedredis.error.InvalidRequestException when the organization, the plan or a region is not one of those
     *     offered; nothing is created then
     * @throws io.managedredis.error.ConflictException when the name is taken
     */
    Database create(DatabaseSpec spec);

    /** Begins a specification that ends in its own creation: {@code define("carts").primaryRegion("mad").create()}. */
    default DatabaseDefinition define(String name) {
        return new DatabaseDefinition(this, name);
    }

    /**
     * The database with this identifier.
     *
     * @throws io.managedredis.error.NotFoundException when there is none
     */
    Database get(DatabaseId id);

    /** The database with this name; empty when there is none that the token shows. */
    Optional<Database> find(String name);

    /** Every database that the token shows; see {@link #list(DatabaseFilter)}. */
    default Stream<Database> list() {
        return list(DatabaseFilter.all());
    }

    /** The databases that the filter means, in the provider's order. Pages are fetched while the stream is read. */
    Stream<Database> list(DatabaseFilter filter);

    /**
     * Changes a database: {@code update(id, u -> u.addReadRegions("sin").plan(PlanId.of("500MB")))}. The database is read
     * first, what is mentioned is merged into it, and only what differs is sent. Name and primary region never change. A
     * change that somebody else makes between the reading and the sending is lost where it is about the read regions or the
     * options too, because the provider replaces each as a whole.
     *
     * @return the database afterwards; as it was when nothing differs
     * @throws io.managedredis.error.NotFoundException when there is no such database
     * @throws io.managedredis.error.InvalidRequestException when a region or a plan is not one of those offered; nothing is
     *     changed then
     * @throws io.managedredis.error.ConflictException when the change was accepted and does not show
     */
    Database update(DatabaseId id, Consumer<DatabaseUpdate> changes);

    /** What {@link #ensure(DatabaseSpec)} would do now, and what it would cost. Changes nothing. */
    ChangeSet diff(DatabaseSpec spec);

    /** What {@link #update(DatabaseId, Consumer)} would do now, and what it would cost. Changes nothing. */
    ChangeSet diff(DatabaseId id, Consumer<DatabaseUpdate> changes);

    /**
     * What the database in the specification costs a month without what is billed by use; empty where the plan is not named,
     * has no price in the price book, or is billed by use alone.
     *
     * @throws io.managedredis.error.InvalidRequestException when the plan is not one of those offered
     */
    Optional<CostEstimate> estimate(DatabaseSpec spec);

    /**
     * What the database in the specification costs a month with this use, of which each write counts once for each region;
     * empty where the plan is not named or has no price in the price book.
     *
     * @throws io.managedredis.error.InvalidRequestException when the plan is not one of those offered
     */
    Optional<CostEstimate> estimate(DatabaseSpec spec, MonthlyUsage usage);

    /**
     * Makes the database of this name what the specification says: creates it, changes it, or leaves it as it is. Two
     * programs may do so at the same time.
     *
     * @throws io.managedredis.error.InvalidRequestException when the database has another primary region or organization,
     *     which cannot be changed, or something in the specification is not on offer; nothing is changed then
     */
    EnsureResult ensure(DatabaseSpec spec);

    /**
     * Makes sure of a cache that each region has for itself: a database with eviction in each of the regions.
     *
     * @throws io.managedredis.error.InvalidRequestException when a database of one of the names is something else
     */
    RegionalCaches ensureCaches(RegionalCacheSpec spec);

    /**
     * Deletes a database and its data, which cannot be undone.
     *
     * @throws io.managedredis.error.NotFoundException when there is none
     */
    void delete(DatabaseId id);

    /**
     * Gives a database a new password. The old one stops working; connections that use it have to be made anew.
     *
     * @return the database with addresses that contain the new password
     * @throws io.managedredis.error.NotFoundException when there is none
     */
    Database resetPassword(DatabaseId id);

    /**
     * What the provider counts of a database.
     *
     * @throws io.managedredis.error.NotFoundException when there is none
     */
    DatabaseStatistics statistics(DatabaseId id);

    /** Waits for a database; nothing happens before one of the methods of the result is called. */
    Readiness readiness(DatabaseId id);

    /** As {@link #lease(DatabaseSpec, Duration, String)}, owned by the user of this process. */
    DatabaseLease lease(DatabaseSpec spec, Duration length);

    /**
     * Creates a database for a while. The name in the specification is the beginning of its name only: what follows says
     * whose it is and until when, so that {@link #sweep()} finds it when this process cannot delete it.
     *
     * @param spec what to create
     * @param length for how long, 1 second to 30 days
     * @param owner whose it is: letters and digits, cut to 10
     * @throws io.managedredis.error.InvalidRequestException when the length is out of range
     */
    DatabaseLease lease(DatabaseSpec spec, Duration length, String owner);

    /**
     * Deletes the databases whose leases have ended, by the provider's clock, in all organizations that the token shows. What
     * has no valid lease in its name is never touched.
     */
    SweepReport sweep();

    /** As {@link #sweep()}, in one organization only. */
    SweepReport sweep(String organization);

    /** The same verbs without waiting. */
    AsyncDatabases async();

    /** The same verbs with another limit for the whole of each call; shares everything else. */
    Databases withTimeout(Duration timeout);
}
