package io.managedredis.lettuce;

import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.Databases;
import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.lettuce.internal.topology.PollingTopology;
import java.time.Duration;
import java.util.LinkedHashMap;
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

    /**
     * Asks for fresh addresses soon, for a server has refused the credentials, or refuses
     * writes though it is known as the primary. Returns at once. Default: does nothing.
     */
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

    /**
     * The addresses of a database, asked from the management API now, and again at each interval while connections are open. An
     * API that does not answer later changes nothing.
     *
     * @throws InvalidRequestException when the database has no address yet, or the interval is not positive
     */
    static TopologySource polling(Databases databases, DatabaseId id, Duration every) {
        return polling(databases, id, every, of(databases.get(id)).current());
    }

    /**
     * The same, beginning with addresses that are known, so that connections can be opened while the API is down.
     *
     * @throws InvalidRequestException when the interval is not positive
     */
    static TopologySource polling(Databases databases, DatabaseId id, Duration every, Endpoints initial) {
        if (every.isZero() || every.isNegative()) {
            throw new InvalidRequestException("every", every + " is not above zero", "a positive duration");
        }
        return new PollingTopology(databases, id, every, initial);
    }

    /**
     * Addresses made from a template in which <code>{region}</code> stands for a region's code.
     *
     * @throws InvalidRequestException when the template has no such place, or does not make an address
     */
    static TopologySource template(String template, Region primary, Region... readRegions) {
        String place = "{region}";
        if (!template.contains(place)) {
            throw new InvalidRequestException(
                    "template", "the template has no place for the region", "an address with " + place);
        }
        Map<Region, RedisUrl> replicas = new LinkedHashMap<>();
        for (Region region : readRegions) {
            replicas.put(region, RedisUrl.parse(template.replace(place, region.code())));
        }
        return of(new Endpoints.ByRegion(primary, RedisUrl.parse(template.replace(place, primary.code())), replicas));
    }

    /** Ends being told of changes. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        /** No call follows one that began after this returned. */
        @Override
        void close();
    }
}
