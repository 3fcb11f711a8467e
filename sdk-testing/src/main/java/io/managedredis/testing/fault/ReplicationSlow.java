package io.managedredis.testing.fault;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The replica in the region gets what the primary has later: the replication lag.
 *
 * @param region the region it concerns; null for all
 * @param database the database it concerns; null for all
 * @param lag what is added to the distance from the primary
 * @param jitter the most that is added at random on top, one way
 */
public record ReplicationSlow(
        @Nullable Region region, @Nullable DatabaseId database, Duration lag, Duration jitter) implements DataFault {

    /**
     * Checks the durations.
     *
     * @throws InvalidRequestException when one is negative
     */
    public ReplicationSlow {
        if (lag.isNegative() || jitter.isNegative()) {
            throw new InvalidRequestException(
                    "lag", "the delay " + lag + " with a jitter of " + jitter + " is negative", "zero or more");
        }
    }

    /** In the region with this code, for all databases, without jitter. */
    public static ReplicationSlow in(String region, Duration lag) {
        return new ReplicationSlow(Region.of(region), null, lag, Duration.ZERO);
    }

    /** The same for one database only. */
    public ReplicationSlow on(DatabaseId onlyDatabase) {
        return new ReplicationSlow(region, onlyDatabase, lag, jitter);
    }

    /** The same with a random part on top, up to this. */
    public ReplicationSlow jitter(Duration most) {
        return new ReplicationSlow(region, database, lag, most);
    }
}
