package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.Databases;
import io.managedredis.ManagedRedisClient;
import io.managedredis.error.ErrorDetails;
import io.managedredis.error.NotFoundException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which database. */
final class DatabaseArgument {

    @Parameters(arity = "0..1", paramLabel = "DATABASE", description = "The ID or the name of the database.")
    private @Nullable String idOrName;

    boolean isGiven() {
        return idOrName != null;
    }

    /**
     * The database; asked for where none is named.
     *
     * @throws NotFoundException when there is none
     */
    Database find(ManagedRedisClient client, Prompts prompts) {
        Databases databases = client.databases();
        if (idOrName == null) {
            List<Choice<Database>> choices = prompts.canAsk()
                    ? databases
                            .list()
                            .map(each -> new Choice<>(each, each.id().value(), each.name()))
                            .toList()
                    : List.of();
            return prompts.one("Select a Redis database", "DATABASE", choices, List.of());
        }
        String text = idOrName;
        return byId(databases, text)
                .or(() -> databases.find(text))
                .orElseThrow(() -> new NotFoundException(
                        "there is no database with the ID or the name '" + text
                                + "'; 'managed-redis redis list' shows those that this token may see",
                        ErrorDetails.none(),
                        null));
    }

    private static Optional<Database> byId(Databases databases, String text) {
        try {
            return Optional.of(databases.get(DatabaseId.of(text)));
        } catch (NotFoundException maybeAName) {
            return Optional.empty();
        }
    }
}
