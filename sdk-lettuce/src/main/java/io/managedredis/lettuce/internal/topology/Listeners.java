package io.managedredis.lettuce.internal.topology;

import io.managedredis.Endpoints;
import io.managedredis.lettuce.TopologySource.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of new addresses. Thread safe. */
public final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<Consumer<Endpoints>> listeners = new CopyOnWriteArrayList<>();

    /** Adds a listener. */
    public Subscription add(Consumer<Endpoints> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Tells all. */
    public void tell(Endpoints endpoints) {
        for (Consumer<Endpoints> listener : listeners) {
            try {
                listener.accept(endpoints);
            } catch (RuntimeException broken) {
                LOG.warn("a listener to the topology failed", broken);
            }
        }
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }
}
