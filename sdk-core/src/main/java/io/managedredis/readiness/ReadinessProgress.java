package io.managedredis.readiness;

import io.managedredis.DatabaseStatus;
import java.time.Duration;
import java.util.Objects;

/**
 * What one look at the database found.
 *
 * @param attempt counts the looks, from 1
 * @param elapsed how long the wait has taken
 * @param status what the provider says
 * @param ready whether the wait is over
 * @param detail the same for people, without a password
 */
public record ReadinessProgress(int attempt, Duration elapsed, DatabaseStatus status, boolean ready, String detail) {

    /** Checks that nothing is missing. */
    public ReadinessProgress {
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(detail, "detail");
    }
}
