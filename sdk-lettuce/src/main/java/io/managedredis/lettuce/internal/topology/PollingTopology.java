package io.managedredis.lettuce.internal.topology;

import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.Databases;
import io.managedredis.Endpoints;
import io.managedredis.lettuce.TopologySource;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the management API for the addresses now and then, while somebody listens. An API that does not answer changes nothing.
 * Thread safe.
 */
public final class PollingTopology implements TopologySource {

    private static final Logger LOG = LoggerFactory.getLogger(PollingTopology.class);

    private final Databases databases;
    private final DatabaseId id;
    private final Duration every;
    private final Listeners listeners = new Listeners();
    private volatile Endpoints current;
    private @Nullable ScheduledExecutorService timer;

    /** A source that begins with these addresses. */
    public PollingTopology(Databases databases, DatabaseId id, Duration every, Endpoints initial) {
        this.databases = databases;
        this.id = id;
        this.every = every;
        this.current = initial;
    }

    @Override
    public Endpoints current() {
        return current;
    }

    @Override
    public synchronized Subscription onChange(Consumer<Endpoints> listener) {
        Subscription subscription = listeners.add(listener);
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "redis-topology-" + id);
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleWithFixedDelay(this::poll, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
        }
        return () -> {
            subscription.close();
            stopWhenUnused();
        };
    }

    @Override
    public synchronized void refresh() {
        if (timer != null) {
            timer.execute(this::poll);
        }
    }

    private synchronized void stopWhenUnused() {
        if (timer != null && listeners.isEmpty()) {
            timer.shutdownNow();
            timer = null;
        }
    }

    private void poll() {
        try {
            Database database = databases.get(id);
            Endpoints endpoints = database.endpoints();
            if (endpoints != null && !endpoints.equals(current)) {
                current = endpoints;
                listeners.tell(endpoints);
            }
        } catch (RuntimeException unreachable) {
            LOG.warn("the addresses of {} were not read anew: {}", id, unreachable.toString());
        }
    }
}
