package io.managedredis.testing.internal.data;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import io.managedredis.testing.fault.ConnectionBlackHoled;
import io.managedredis.testing.fault.DataFault;
import io.managedredis.testing.fault.PasswordRejected;
import io.managedredis.testing.fault.RegionDown;
import io.managedredis.testing.fault.RegionSlow;
import io.managedredis.testing.fault.ReplicationPaused;
import io.managedredis.testing.fault.ReplicationSlow;
import java.time.Duration;
import java.util.List;

/** What all active faults together mean for one region of one database. */
record FaultState(
        boolean down,
        Duration delay,
        Duration jitter,
        boolean blackHoled,
        boolean replicationPaused,
        Duration lag,
        Duration lagJitter,
        boolean passwordRejected) {

    static FaultState of(List<DataFault> faults, DatabaseId database, Region region) {
        List<DataFault> here = faults.stream()
                .filter(fault -> fault.concerns(database, region))
                .toList();
        Duration delay = Duration.ZERO;
        Duration jitter = Duration.ZERO;
        Duration lag = Duration.ZERO;
        Duration lagJitter = Duration.ZERO;
        for (DataFault fault : here) {
            if (fault instanceof RegionSlow slow) {
                delay = delay.plus(slow.delay());
                jitter = jitter.plus(slow.jitter());
            } else if (fault instanceof ReplicationSlow slow) {
                lag = lag.plus(slow.lag());
                lagJitter = lagJitter.plus(slow.jitter());
            }
        }
        return new FaultState(
                any(here, RegionDown.class),
                delay,
                jitter,
                any(here, ConnectionBlackHoled.class),
                any(here, ReplicationPaused.class),
                lag,
                lagJitter,
                any(here, PasswordRejected.class));
    }

    private static boolean any(List<DataFault> faults, Class<? extends DataFault> kind) {
        return faults.stream().anyMatch(kind::isInstance);
    }
}
