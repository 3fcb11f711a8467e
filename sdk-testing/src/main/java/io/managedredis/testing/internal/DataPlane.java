package io.managedredis.testing.internal;

import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.DataFault;

/** The real Redis processes, and the gateways in front of them, of all databases of one service. Thread safe. */
public interface DataPlane extends AutoCloseable {

    /**
     * Starts a database and returns when its primary takes writes and every replica is in sync.
     *
     * @throws io.managedredis.error.ManagedRedisException when it cannot be started; nothing is left behind then
     */
    RunningDatabase start(DatabaseDefinition definition);

    /**
     * Starts a fault, for databases that there are and those to come. It lasts until it is ended.
     *
     * @throws UnsupportedOperationException when this data plane has no faults
     */
    default ActiveFault inject(DataFault fault) {
        throw new UnsupportedOperationException("this data plane has no faults: " + fault);
    }

    /** Ends every database. Returns when no process, thread or port is left. */
    @Override
    void close();
}
