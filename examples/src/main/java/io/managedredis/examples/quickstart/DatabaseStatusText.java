package io.managedredis.examples.quickstart;

import io.managedredis.Database;
import io.managedredis.Endpoints;
import io.managedredis.Region;
import java.util.Objects;
import java.util.stream.Collectors;

/** A database as the provider's own {@code status} command shows it, the password redacted. */
public final class DatabaseStatusText {

    private DatabaseStatusText() {}

    /** The lines of text. */
    public static String of(Database database) {
        Endpoints endpoints = database.endpoints();
        return of(
                database,
                endpoints == null ? "none yet" : endpoints.primaryUrl().toString());
    }

    /** The lines of text, with the address as it is given. */
    public static String of(Database database, String privateUrl) {
        return """
                Redis
                  ID             = %s
                  Name           = %s
                  Plan           = %s
                  Primary Region = %s
                  Read Regions   = %s
                  Private URL    = %s
                """.formatted(
                database.id(),
                database.name(),
                Objects.requireNonNullElse(database.planName(), "unknown"),
                database.primaryRegion(),
                database.readRegions().isEmpty()
                        ? "None"
                        : database.readRegions().stream().map(Region::code).collect(Collectors.joining(",")),
                privateUrl);
    }
}
