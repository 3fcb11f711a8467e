package io.managedredis;

import java.time.Duration;
import java.util.Optional;
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
     * Deletes a database and its data, which cannot be undone.
     *
     * @throws io.managedredis.error.NotFoundException when there is none
     */
    void delete(DatabaseId id);

    /** The same verbs without waiting. */
    AsyncDatabases async();

    /** The same verbs with another limit for the whole of each call; shares everything else. */
    Databases withTimeout(Duration timeout);
}
