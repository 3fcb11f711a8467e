package io.managedredis.junit5.internal;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.Endpoints;
import io.managedredis.ManagedRedisClient;
import io.managedredis.RedisUrl;
import io.managedredis.testing.Distances;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The local service: one with distances and one without, each started when it is first needed. */
final class LocalSource implements DatabaseSource {

    private enum Geography {
        SIDE_BY_SIDE,
        APART
    }

    private final Map<Geography, LocalManagedRedis> running = new EnumMap<>(Geography.class);
    private final LettuceRuntime lettuce = new LettuceRuntime();
    private final WarmUp warmUp = WarmUp.start(lettuce);

    @Override
    public TestDatabase create(DatabaseRequest request) {
        LocalManagedRedis service = service(request.distances() ? Geography.APART : Geography.SIDE_BY_SIDE);
        Database database =
                service.create(request.describe(DatabaseSpec.unnamed()).build());
        try {
            return new TestDatabase(new Local(service, database, Vantage.from(request.local())), request, lettuce);
        } catch (RuntimeException | Error failed) {
            service.delete(database.id());
            throw failed;
        }
    }

    @Override
    public synchronized void close() {
        warmUp.close();
        lettuce.close();
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

    private static final class Local implements Tenancy {

        private final LocalManagedRedis service;
        private final Vantage vantage;
        private final Endpoints endpoints;
        private final Database database;
        private final RedisUrl housekeepingUrl;
        private @Nullable ManagedRedisClient client;

        Local(LocalManagedRedis service, Database created, Vantage vantage) {
            this.service = service;
            this.vantage = vantage;
            this.endpoints = service.endpoints(created, vantage);
            this.housekeepingUrl = service.endpoints(created, Vantage.beside()).primaryUrl();
            this.database = new Database(
                    created.id(),
                    created.name(),
                    created.organization(),
                    created.planId(),
                    created.planName(),
                    created.primaryRegion(),
                    created.readRegions(),
                    created.status(),
                    created.errorMessage(),
                    created.options(),
                    endpoints,
                    created.createdAt(),
                    created.updatedAt());
        }

        @Override
        public Database database() {
            return database;
        }

        @Override
        public Endpoints endpoints() {
            return endpoints;
        }

        @Override
        public RedisUrl housekeepingUrl() {
            return housekeepingUrl;
        }

        @Override
        public synchronized ManagedRedisClient client() {
            if (client == null) {
                client = service.client(vantage);
            }
            return client;
        }

        @Override
        public Optional<LocalManagedRedis> service() {
            return Optional.of(service);
        }

        @Override
        public synchronized void close() {
            if (client != null) {
                client.close();
            }
            if (service.find(database.name()).isPresent()) {
                service.delete(database.id());
            }
        }
    }
}
