package io.managedredis.pricing;

import io.managedredis.Limit;
import java.util.Objects;

/**
 * What a plan of a price book allows one database. Sizes are counted as the service counts them in its own messages: a KB
 * is 1,024 bytes, an MB 1,024 KB, and so on. What the book does not say is {@link Limit#unknown()}.
 *
 * @param dataBytes size of all data
 * @param connections concurrent client connections
 * @param commandsPerSecond commands a second
 * @param dailyCommands commands a day
 * @param dailyBandwidthBytes bytes in and out a day
 * @param monthlyBandwidthBytes bytes in and out a month that the price includes
 * @param requestBytes size of one request
 * @param recordBytes size of one record, that is of one key's value
 */
public record CatalogLimits(
        Limit dataBytes,
        Limit connections,
        Limit commandsPerSecond,
        Limit dailyCommands,
        Limit dailyBandwidthBytes,
        Limit monthlyBandwidthBytes,
        Limit requestBytes,
        Limit recordBytes) {

    /** Checks that nothing is missing. */
    public CatalogLimits {
        Objects.requireNonNull(dataBytes, "dataBytes");
        Objects.requireNonNull(connections, "connections");
        Objects.requireNonNull(commandsPerSecond, "commandsPerSecond");
        Objects.requireNonNull(dailyCommands, "dailyCommands");
        Objects.requireNonNull(dailyBandwidthBytes, "dailyBandwidthBytes");
        Objects.requireNonNull(monthlyBandwidthBytes, "monthlyBandwidthBytes");
        Objects.requireNonNull(requestBytes, "requestBytes");
        Objects.requireNonNull(recordBytes, "recordBytes");
    }

    /** Limits of which none is known. */
    public static CatalogLimits unknown() {
        Limit unknown = Limit.unknown();
        return new CatalogLimits(unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown);
    }
}
