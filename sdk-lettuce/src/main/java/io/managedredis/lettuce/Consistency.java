package io.managedredis.lettuce;

import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import java.util.Objects;

/** How current an answer to a read must be. Chosen for a connection, and for single calls by a view of it. */
public sealed interface Consistency permits Consistency.Level, Consistency.AtMost {

    /** Whatever the chosen replica has. The fastest; own writes may be missing. */
    Consistency EVENTUAL = Level.EVENTUAL;

    /**
     * A read sees every write that the same connection sent before it, and every write that another connection of the same
     * {@code RegionalRedis} has had acknowledged. Only keys whose arrival at the replica is not yet proven are read from the
     * primary. The default.
     */
    Consistency READ_YOUR_WRITES = Level.READ_YOUR_WRITES;

    /** Every read goes to the primary. */
    Consistency PRIMARY = Level.PRIMARY;

    /**
     * A replica may serve a read while it is proven to be behind the primary by no more than this; otherwise the primary
     * serves it.
     *
     * @throws InvalidRequestException when the duration is not positive
     */
    static Consistency atMost(Duration staleness) {
        return new AtMost(staleness);
    }

    /** The levels without a parameter; use the constants of {@link Consistency}. */
    enum Level implements Consistency {
        /** See {@link Consistency#EVENTUAL}. */
        EVENTUAL,
        /** See {@link Consistency#READ_YOUR_WRITES}. */
        READ_YOUR_WRITES,
        /** See {@link Consistency#PRIMARY}. */
        PRIMARY
    }

    /**
     * Bounded staleness.
     *
     * @param staleness how far behind the primary a replica may be, above zero
     */
    record AtMost(Duration staleness) implements Consistency {

        /**
         * Checks the bound.
         *
         * @throws InvalidRequestException when it is not positive
         */
        public AtMost {
            Objects.requireNonNull(staleness, "staleness");
            if (staleness.isZero() || staleness.isNegative()) {
                throw new InvalidRequestException(
                        "consistency", "a staleness of " + staleness + " is not above zero", "a positive duration");
            }
        }
    }
}
