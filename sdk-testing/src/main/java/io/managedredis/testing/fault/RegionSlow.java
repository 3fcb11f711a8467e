package io.managedredis.testing.fault;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The way to the region takes longer, for clients and for other regions.
 *
 * @param region the region it concerns; null for all
 * @param database the database it concerns; null for all
 * @param delay what is added to one way
 * @param jitter the most that is added at random on top, one way
 */
public record RegionSlow(@Nullable Region region, @Nullable DatabaseId database, Duration delay, Duration jitter)
        implements DataFault {

    /**
     * Checks the durations.
     *
     * @throws InvalidRequestException when one is negative
     */
    public RegionSlow {
        if (delay.isNegative() || jitter.isNegative()) {
            throw new InvalidRequestException(
                    "delay", "the delay " + delay + " with a jitter of " + jitter + " is negative", "zero or more");
        }
    }

    /** In the region with this code, for all databases, without jitter. */
    public static RegionSlow in(String region, Duration delay) {
        return new RegionSlow(Region.of(region), null, delay, Duration.ZERO);
    }

    /** The same for one database only. */
    public RegionSlow on(DatabaseId onlyDatabase) {
        return new RegionSlow(region, onlyDatabase, delay, jitter);
    }

    /** The same with a random part on top, up to this. */
    public RegionSlow jitter(Duration most) {
        return new RegionSlow(region, database, delay, most);
    }
}
