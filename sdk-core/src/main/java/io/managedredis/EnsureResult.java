package io.managedredis;

import java.util.Objects;

/**
 * What {@link Databases#ensure(DatabaseSpec)} did.
 *
 * @param database the database as it is now
 * @param changes what was done to it; empty when it was as it should be
 * @param adopted whether its creation was asked for and the answer was lost, so that it was recognized by looking
 */
public record EnsureResult(Database database, ChangeSet changes, boolean adopted) {

    /** Checks that nothing is missing. */
    public EnsureResult {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(changes, "changes");
    }
}
