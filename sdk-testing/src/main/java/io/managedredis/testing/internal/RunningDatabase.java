package io.managedredis.testing.internal;

import io.managedredis.Eviction;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.Secret;
import io.managedredis.testing.Vantage;
import java.util.List;
import java.util.Optional;

/** One database of the data plane. Every change keeps clients connected unless it says otherwise. Thread safe. */
public interface RunningDatabase extends AutoCloseable {

    /** The single address as it is from this vantage: it leads to the nearest region of the database. */
    RedisUrl url(Vantage vantage);

    /**
     * The address of one region, at the distance there is from the vantage.
     *
     * @throws IllegalArgumentException when the database is not in that region
     */
    RedisUrl url(Region region, Vantage vantage);

    /**
     * Makes these the read regions. New replicas are in sync on return. Connections to a removed region close after the
     * answers in flight; no others are touched.
     */
    void changeReadRegions(List<Region> readRegions);

    /** Applies the limits of another plan. */
    void changeLimits(PlanLimits limits);

    /** Switches eviction. */
    void changeEviction(Eviction eviction);

    /** Replaces the password. Connections that authenticated with the old one are closed. */
    void changePassword(Secret password);

    /** What the database uses now; empty when nothing counts it. */
    default Optional<Usage> usage() {
        return Optional.empty();
    }

    /** What is to be seen of the database now; empty when nothing observes it. */
    default Optional<Observation> observe() {
        return Optional.empty();
    }

    /** Ends the database and its connections; its data is gone. */
    @Override
    void close();
}
