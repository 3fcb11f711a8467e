package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.error.ErrorDetails;
import io.managedredis.error.NotReadyException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of a database's addresses. */
final class AddressOptions {

    @Option(
            names = {"-r", "--region"},
            paramLabel = "CODE",
            description = "The region to reach. Default: the primary's; where the platform routes, it decides.")
    private @Nullable Region region;

    /**
     * The address.
     *
     * @throws NotReadyException when the database has none yet
     */
    RedisUrl of(Database database) {
        Endpoints endpoints = database.endpoints();
        if (endpoints == null) {
            throw new NotReadyException(
                    "the database " + database.name() + " has no address yet; try again when it is ready",
                    ErrorDetails.none(),
                    null);
        }
        Region wanted = region;
        return wanted == null
                ? endpoints.primaryUrl()
                : endpoints
                        .urlFor(wanted)
                        .orElseThrow(() -> new UsageException("The database " + database.name()
                                + " has no address in '" + wanted + "': give --region " + database.primaryRegion()
                                + " or one of its read regions " + database.readRegions() + "."));
    }
}
