package io.managedredis.lettuce;

import io.managedredis.Endpoints;
import io.managedredis.lettuce.internal.topology.Listeners;
import java.util.Objects;
import java.util.function.Consumer;

/** Addresses that the program pushes, for instance when its configuration service tells it of new ones. Thread safe. */
public final class ChangeableTopology implements TopologySource {

    private final Listeners listeners = new Listeners();
    private volatile Endpoints current;

    /** A source that begins with these addresses. */
    public ChangeableTopology(Endpoints initial) {
        this.current = Objects.requireNonNull(initial, "initial");
    }

    @Override
    public Endpoints current() {
        return current;
    }

    /** Makes these the addresses. Open connections follow without failing a command. */
    public void change(Endpoints endpoints) {
        current = Objects.requireNonNull(endpoints, "endpoints");
        listeners.tell(endpoints);
    }

    @Override
    public Subscription onChange(Consumer<Endpoints> listener) {
        return listeners.add(Objects.requireNonNull(listener, "listener"));
    }
}
