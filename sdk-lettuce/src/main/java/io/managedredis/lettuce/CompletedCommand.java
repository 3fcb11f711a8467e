package io.managedredis.lettuce;

import io.managedredis.Region;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one command.
 *
 * @param name the command's name, such as {@code GET}
 * @param servedBy the region that answered; null when the platform routes, for then it is not known
 * @param duration from the dispatch to the answer
 * @param staleness how old the data of the answering endpoint could be at most: zero for the primary; null where it is not
 *     known, which is so for a replica before a fence has arrived there, and when the platform routes
 * @param failure why it failed, or null when it was answered
 */
public record CompletedCommand(
        String name,
        @Nullable Region servedBy,
        Duration duration,
        @Nullable Duration staleness,
        @Nullable Throwable failure) {

    /** Checks that nothing needed is missing. */
    public CompletedCommand {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(duration, "duration");
    }

    /** The region that answered; empty when the platform routes. */
    public Optional<Region> region() {
        return Optional.ofNullable(servedBy);
    }
}
