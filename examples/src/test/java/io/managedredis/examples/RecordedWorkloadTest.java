package io.managedredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.Region;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import io.managedredis.placement.RegionLoad;
import io.managedredis.placement.Workload;
import io.managedredis.testing.LocalManagedRedis;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedWorkloadTest {

    @Test
    void should_count_what_a_program_sent_wherever_it_was_answered() {
        Region ams = Region.of("ams");
        try (LocalManagedRedis service = LocalManagedRedis.start()) {
            Database carts = service.create(DatabaseSpec.named("carts")
                    .primaryRegion("fra")
                    .readRegions("ams")
                    .build());
            try (RegionalRedis redis = RegionalRedis.builder()
                            .topology(TopologySource.of(carts))
                            .localRegion(ams)
                            .consistency(Consistency.EVENTUAL)
                            .build();
                    RegionalConnection<String, String> connection = redis.connect()) {
                for (int i = 0; i < 10; i++) {
                    connection.sync().set("key:" + i, "value");
                }
                for (int i = 0; i < 30; i++) {
                    connection.sync().get("key:" + i);
                }

                Workload recorded = RecordedWorkload.of(redis.statistics(), ams, Duration.ofSeconds(10));

                assertThat(recorded.loads()).isEqualTo(Map.of(ams, new RegionLoad(3, 1)));
                assertThat(recorded.toText()).isEqualTo("region,reads,writes\nams,3,1\n");
            }
        }
    }
}
