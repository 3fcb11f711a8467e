package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.examples.quickstart.DatabaseStatusText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How databases are shown. */
final class OutputOptions {

    @Option(names = "--json", description = "Prints JSON, for programs.")
    private boolean json;

    @Option(names = "--show-password", description = "Prints the password too. Default: it is redacted.")
    private boolean showPassword;

    boolean json() {
        return json;
    }

    /** Prints the database as {@code status} does. */
    void print(Database database, Shell shell) {
        if (json) {
            Json.print(shell.out(), DatabaseJson.of(database, url(database)));
        } else {
            shell.out().print(DatabaseStatusText.of(database, urlText(database)));
        }
    }

    /** The address, with the password where it was asked for. */
    String text(RedisUrl url) {
        return showPassword ? url.toUri().toString() : url.toString();
    }

    @Nullable
    String url(Database database) {
        Endpoints endpoints = database.endpoints();
        return endpoints == null ? null : text(endpoints.primaryUrl());
    }

    private String urlText(Database database) {
        String url = url(database);
        return url == null ? "none yet" : url;
    }
}
