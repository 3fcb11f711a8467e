package io.managedredis.testing.internal;

import io.managedredis.Limit;
import java.util.Objects;

/**
 * What a plan allows one database.
 *
 * @param dataBytes size of all data
 * @param connections concurrent client connections
 * @param commandsPerSecond commands a second; beyond it commands wait
 * @param dailyCommands commands a day
 * @param dailyBandwidthBytes bytes in and out a day
 * @param requestBytes size of one request or answer
 * @param recordBytes size of one record
 */
public record PlanLimits(
        Limit dataBytes,
        Limit connections,
        Limit commandsPerSecond,
        Limit dailyCommands,
        Limit dailyBandwidthBytes,
        Limit requestBytes,
        Limit recordBytes) {

    /** Checks that nothing is missing. */
    public PlanLimits {
        Objects.requireNonNull(dataBytes, "dataBytes");
        Objects.requireNonNull(connections, "connections");
        Objects.requireNonNull(commandsPerSecond, "commandsPerSecond");
        Objects.requireNonNull(dailyCommands, "dailyCommands");
        Objects.requireNonNull(dailyBandwidthBytes, "dailyBandwidthBytes");
        Objects.requireNonNull(requestBytes, "requestBytes");
        Objects.requireNonNull(recordBytes, "recordBytes");
    }
}
