package io.managedredis.lettuce;

import io.managedredis.Endpoints;
import io.managedredis.lettuce.internal.topology.EnvironmentTopology;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Says where the database is reached, now and whenever that changes. Implementations are thread safe. */
@FunctionalInterface
public interface TopologySource {

    /** The addresses as they are known now. Must not block on the network. */
    Endpoints current();

    /**
     * Asks to be told of new addresses. Close the result to be told no longer. A source whose addresses never change does
     * nothing here, which is the default.
     */
    default Subscription onChange(Consumer<Endpoints> listener) {
        Objects.requireNonNull(listener, "listener");
        return () -> {};
    }

    /** Addresses that do not change. */
    static TopologySource of(Endpoints endpoints) {
        Objects.requireNonNull(endpoints, "endpoints");
        return () -> endpoints;
    }

    /**
     * The addresses in the process variables, read now. {@code REDIS_URL} alone is the single address that the platform
     * routes. {@code REDIS_PRIMARY_URL} with {@code REDIS_REPLICA_URL_<REGION>} for each replica are addresses by region, and
     * win; {@code REDIS_PRIMARY_REGION} names the primary's region, which is reported as {@code primary} where it is missing.
     *
     * @throws io.managedredis.error.ConfigurationException when neither is there
     */
    static TopologySource fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * The addresses in these variables; see {@link #fromEnvironment()}.
     *
     * @throws io.managedredis.error.ConfigurationException when none is there
     */
    static TopologySource fromEnvironment(Map<String, String> variables) {
        return of(EnvironmentTopology.read(variables));
    }

    /** Ends being told of changes. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        /** No call follows one that began after this returned. */
        @Override
        void close();
    }
}
