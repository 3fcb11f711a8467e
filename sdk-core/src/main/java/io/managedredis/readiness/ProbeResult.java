package io.managedredis.readiness;

import java.util.Objects;

/** What a probe found. */
public sealed interface ProbeResult {

    /** The database answered. */
    record Answered() implements ProbeResult {}

    /**
     * The database did not answer, and may do so later.
     *
     * @param reason why, without a password
     */
    record NotYet(String reason) implements ProbeResult {

        /** Checks that nothing is missing. */
        public NotYet {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The database cannot be reached from here, now or later, because this process is not in its private network.
     *
     * @param reason how that shows, without a password
     */
    record OutsideNetwork(String reason) implements ProbeResult {

        /** Checks that nothing is missing. */
        public OutsideNetwork {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
