package io.managedredis;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tier that databases can be on, as the provider offers it now. Sizes are bytes, counted in powers of two.
 *
 * @param id the provider's identifier
 * @param name the name for people, such as {@code 200MB}
 * @param description a sentence about it, or null where there is none
 * @param maxDataBytes the size of all data
 * @param maxConnections client connections at the same time
 * @param maxCommandsPerSecond commands a second; more than that wait
 * @param maxDailyCommands commands a day
 * @param maxDailyBandwidthBytes bytes in and out a day
 * @param maxRequestBytes the size of one request, and of one answer
 * @param centsPerMonth what the provider says it costs a month, in US cents, or null where it does not say; what a database
 *     with read regions costs is for the price book to tell
 */
public record Plan(
        PlanId id,
        String name,
        @Nullable String description,
        Limit maxDataBytes,
        Limit maxConnections,
        Limit maxCommandsPerSecond,
        Limit maxDailyCommands,
        Limit maxDailyBandwidthBytes,
        Limit maxRequestBytes,
        @Nullable Integer centsPerMonth) {

    /** Checks that nothing is missing. */
    public Plan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(maxDataBytes, "maxDataBytes");
        Objects.requireNonNull(maxConnections, "maxConnections");
        Objects.requireNonNull(maxCommandsPerSecond, "maxCommandsPerSecond");
        Objects.requireNonNull(maxDailyCommands, "maxDailyCommands");
        Objects.requireNonNull(maxDailyBandwidthBytes, "maxDailyBandwidthBytes");
        Objects.requireNonNull(maxRequestBytes, "maxRequestBytes");
    }

    /** Whether the given text is this plan's identifier, or its name in upper or lower case. */
    public boolean isNamed(PlanId idOrName) {
        return id.equals(idOrName) || name.equalsIgnoreCase(idOrName.value());
    }
}
