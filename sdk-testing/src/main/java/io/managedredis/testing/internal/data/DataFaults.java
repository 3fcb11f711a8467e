package io.managedredis.testing.internal.data;

import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.DataFault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that are active now. Thread safe. */
final class DataFaults {

    private final List<Active> active = new CopyOnWriteArrayList<>();

    /** Starts a fault; {@code apply} makes the databases follow what is active. */
    ActiveFault start(DataFault fault, Runnable apply) {
        Active started = new Active(fault, apply);
        active.add(started);
        apply.run();
        return started;
    }

    /** What is active now, in the order of the starts. */
    List<DataFault> active() {
        return active.stream().map(Active::fault).toList();
    }

    private final class Active implements ActiveFault {

        private final DataFault fault;
        private final Runnable apply;

        Active(DataFault fault, Runnable apply) {
            this.fault = fault;
            this.apply = apply;
        }

        @Override
        public DataFault fault() {
            return fault;
        }

        @Override
        public void close() {
            // Removed by identity: the same fault may be active twice.
            if (active.remove(this)) {
                apply.run();
            }
        }
    }
}
