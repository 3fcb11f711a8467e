package io.managedredis.lettuce;

import io.managedredis.Endpoints;
import io.managedredis.Region;
import java.util.Objects;

/** Something that changes where commands go, or that somebody should look at. The set is closed, but may grow with a release. */
public sealed interface RoutingEvent {

    /**
     * Reads that need not go to the primary go to another region from now on: the one in use was lost, or a better one is back.
     *
     * @param to the region
     */
    record ReadsMoved(Region to) implements RoutingEvent {
        /** Checks that nothing is missing. */
        public ReadsMoved {
            Objects.requireNonNull(to, "to");
        }
    }

    /**
     * The database has other addresses.
     *
     * @param before the addresses so far
     * @param after the addresses from now on
     */
    record TopologyChanged(Endpoints before, Endpoints after) implements RoutingEvent {
        /** Checks that nothing is missing. */
        public TopologyChanged {
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
        }
    }

    /**
     * A server refuses the credentials; the topology source has been asked for fresh ones.
     *
     * @param endpoint which one, with the password redacted
     */
    record CredentialsRefused(String endpoint) implements RoutingEvent {
        /** Checks that nothing is missing. */
        public CredentialsRefused {
            Objects.requireNonNull(endpoint, "endpoint");
        }
    }
}
