package io.managedredis.lettuce;

import io.managedredis.Region;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a command would go now, and why.
 *
 * @param command the command's name
 * @param target the region, or null when the platform routes, for then it is not known
 * @param reason why
 */
public record RoutePlan(String command, @Nullable Region target, RouteReason reason) {

    /** Checks that nothing needed is missing. */
    public RoutePlan {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(reason, "reason");
    }

    /** The region; empty when the platform routes. */
    public Optional<Region> region() {
        return Optional.ofNullable(target);
    }

    @Override
    public String toString() {
        return command + " goes to " + (target == null ? "the single address" : target) + ": " + reason.description();
    }
}
