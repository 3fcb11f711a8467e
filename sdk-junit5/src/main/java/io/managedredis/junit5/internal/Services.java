package io.managedredis.junit5.internal;

import io.managedredis.testing.Distances;
import io.managedredis.testing.LocalManagedRedis;
import java.util.EnumMap;
import java.util.Map;

/** The local services that all tests of a run share: one with distances and one without, each started when first needed. */
public final class Services implements AutoCloseable {

    private enum Geography {
        SIDE_BY_SIDE,
        APART
    }

    private final Map<Geography, LocalManagedRedis> running = new EnumMap<>(Geography.class);

    /** Creates a database; the caller closes it. */
    public TestDatabase create(DatabaseRequest request) {
        LocalManagedRedis service = service(request.distances() ? Geography.APART : Geography.SIDE_BY_SIDE);
        return new TestDatabase(service, service.create(request.toSpec()), request.local());
    }

    /** Ends the services. */
    @Override
    public synchronized void close() {
        running.values().forEach(LocalManagedRedis::close);
        running.clear();
    }

    private synchronized LocalManagedRedis service(Geography geography) {
        return running.computeIfAbsent(
                geography,
                wanted -> LocalManagedRedis.builder()
                        .distances(wanted == Geography.APART ? Distances.greatCircle() : Distances.none())
                        .start());
    }
}
