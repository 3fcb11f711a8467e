package io.managedredis.benchmarks;

import io.managedredis.benchmarks.command.CommandPath;
import io.managedredis.benchmarks.consistency.StaleReads;
import io.managedredis.benchmarks.endtoend.EndToEnd;
import io.managedredis.benchmarks.management.Management;
import io.managedredis.benchmarks.service.GatewayThroughput;
import io.managedredis.benchmarks.service.ServiceStart;
import java.util.List;

/** All scenarios, in the order they run. */
final class Scenarios {

    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                new CommandPath(),
                new Management(),
                new EndToEnd(),
                new GatewayThroughput(),
                new ServiceStart(),
                new StaleReads());
    }
}
