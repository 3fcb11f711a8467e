package io.managedredis.lease;

import io.managedredis.Database;
import io.managedredis.error.ManagedRedisException;
import java.util.List;
import java.util.Map;

/**
 * What a sweep did.
 *
 * @param deleted the databases whose leases had ended and that were deleted
 * @param kept the databases whose leases run on
 * @param failed the databases whose leases had ended and that could not be deleted, and why; the next sweep tries again
 */
public record SweepReport(List<Database> deleted, List<Database> kept, Map<Database, ManagedRedisException> failed) {

    /** Copies the collections. */
    public SweepReport {
        deleted = List.copyOf(deleted);
        kept = List.copyOf(kept);
        failed = Map.copyOf(failed);
    }
}
