package io.managedredis.examples;

import io.managedredis.Region;
import io.managedredis.lettuce.RegionStatistics;
import io.managedredis.lettuce.RoutingStatistics;
import io.managedredis.placement.Workload;
import java.time.Duration;

/**
 * Turns what a program's connections have counted into a workload for the adviser. Each program knows its own region's part;
 * {@link Workload#plus} puts the parts together, and {@link Workload#toText()} is what {@code managed-redis redis advise} reads.
 */
public final class RecordedWorkload {

    private RecordedWorkload() {}

    /**
     * The workload of one program. What is no read counts as a write, for the primary answers it.
     *
     * @param statistics from {@code RegionalRedis.statistics()}, which counts from the start
     * @param localRegion where the program runs
     * @param sinceStart how long it has run
     */
    public static Workload of(RoutingStatistics statistics, Region localRegion, Duration sinceStart) {
        long reads = 0;
        long others = 0;
        for (RegionStatistics region : statistics.regions()) {
            reads += region.reads();
            others += region.others();
        }
        return Workload.builder()
                .counted(localRegion, reads, others, sinceStart)
                .build();
    }
}
