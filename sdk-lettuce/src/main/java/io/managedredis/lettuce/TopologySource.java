package io.managedredis.lettuce;

import io.managedredis.Database;
import io.managedredis.Endpoints;
import io.managedredis.error.InvalidRequestException;
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

    /** Asks for fresh addresses soon, for a server has refused the credentials. Returns at once. Default: does nothing. */
    default void refresh() {}

    /** Addresses that do not change. */
    static TopologySource of(Endpoints endpoints) {
        Objects.requireNonNull(endpoints, "endpoints");
        return () -> endpoints;
    }

    /**
     * The addresses of a database as the management client has shown it; they do not change.
     *
     * @throws InvalidRequestException when the database has no address yet
     */
    static TopologySource of(Database database) {
        Endpoints endpoints = database.endpoints();
        if (endpoints == null) {
            throw new InvalidRequestException(
                    "database", "the database " + database.id() + " has no address yet", "a database that is ready");
        }
        return of(endpoints);
    }

    /**
     * The addresses in the process variables, read now; see {@link Endpoints#fromEnvironment()}.
     *
     * @throws io.managedredis.error.ConfigurationException when there are none
     */
    static TopologySource fromEnvironment() {
        return of(Endpoints.fromEnvironment());
    }

    /** Ends being told of changes. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        /** No call follows one that began after this returned. */
        @Override
        void close();
    }
}
