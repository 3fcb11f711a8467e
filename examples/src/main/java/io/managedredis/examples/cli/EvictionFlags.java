package io.managedredis.examples.cli;

import io.managedredis.Eviction;
import picocli.CommandLine.Option;

/** What happens when a database is full. */
final class EvictionFlags {

    @Option(names = "--enable-eviction", description = "Keys are dropped when the database is full.")
    private boolean enable;

    @Option(names = "--disable-eviction", description = "Writes are refused when the database is full.")
    private boolean disable;

    Eviction value() {
        return enable && !disable ? Eviction.ENABLED : Eviction.DISABLED;
    }
}
