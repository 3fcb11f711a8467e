package io.managedredis.testing.internal.control;

import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.ApiFault;
import io.managedredis.testing.fault.ConnectionCut;
import io.managedredis.testing.fault.DataFault;
import io.managedredis.testing.fault.Fault;
import io.managedredis.testing.internal.DataPlane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** The faults that are on, of the API and of the data plane, and who started each. Thread safe. */
public final class FaultBoard {

    private final Map<Long, Entry> entries = new ConcurrentSkipListMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final DataPlane dataPlane;
    private final ApiFaults apiFaults;

    /** Nothing is on. */
    public FaultBoard(DataPlane dataPlane, ApiFaults apiFaults) {
        this.dataPlane = dataPlane;
        this.apiFaults = apiFaults;
    }

    /** Who started a fault. */
    public enum Starter {
        /** The program that runs the service, for example a test. */
        CODE,
        /** A person, on the page. */
        PAGE
    }

    /**
     * A fault that is on.
     *
     * @param number names it
     * @param starter who started it
     * @param active ends it
     * @param lasts whether it still has an effect, though nobody ended it
     */
    public record Entry(long number, Starter starter, ActiveFault active, BooleanSupplier lasts) {}

    /** Starts a fault. One that is over at once, a cut, is not kept on the board. */
    public Entry start(Fault fault, Starter starter) {
        long number = numbers.incrementAndGet();
        if (fault instanceof ApiFault ofApi) {
            ActiveFault active = apiFaults.start(ofApi);
            return put(new Entry(number, starter, new Noted(number, active), () -> apiFaults.isOn(active)));
        }
        ActiveFault active = dataPlane.inject((DataFault) fault);
        if (fault instanceof ConnectionCut) {
            return new Entry(number, starter, active, () -> false);
        }
        return put(new Entry(number, starter, new Noted(number, active), () -> true));
    }

    /** What is on, in the order of the starts. */
    public List<Entry> on() {
        entries.values().removeIf(entry -> !entry.lasts().getAsBoolean());
        return List.copyOf(entries.values());
    }

    /** The fault with this number, while it is on. */
    public Optional<Entry> find(long number) {
        return Optional.ofNullable(entries.get(number))
                .filter(entry -> entry.lasts().getAsBoolean());
    }

    private Entry put(Entry entry) {
        entries.put(entry.number(), entry);
        return entry;
    }

    /** Leaves the board when it is ended, whoever ends it. */
    private final class Noted implements ActiveFault {

        private final long number;
        private final ActiveFault fault;

        Noted(long number, ActiveFault fault) {
            this.number = number;
            this.fault = fault;
        }

        @Override
        public Fault fault() {
            return fault.fault();
        }

        @Override
        public void close() {
            fault.close();
            entries.remove(number);
        }
    }
}
