package io.managedredis.examples.cli;

import io.managedredis.Region;
import java.util.List;
import picocli.CommandLine.Option;

/** All read regions that there are to be. */
final class ReplicaRegions {

    @Option(
            names = "--replica-regions",
            paramLabel = "CODE",
            split = ",",
            description = "All read regions, separated by commas; they can be changed later.")
    private List<Region> regions = List.of();

    @Option(names = "--no-replicas", description = "No read region.")
    private boolean none;

    List<Region> regions() {
        return none ? List.of() : regions;
    }
}
