package io.managedredis.junit5.internal;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.Databases;
import io.managedredis.Endpoints;
import io.managedredis.ManagedRedisClient;
import io.managedredis.RedisUrl;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.lease.DatabaseLease;
import io.managedredis.lease.SweepReport;
import io.managedredis.lettuce.PingProbe;
import io.managedredis.testing.LocalManagedRedis;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Databases at the provider, each leased: what a run that was killed left behind is deleted by a later one, once its lease is
 * over.
 */
final class ProviderSource implements DatabaseSource {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final String NAME = "junit";

    private final ManagedRedisClient client;
    private final @Nullable String organization;
    private final Duration lease;
    private final Consumer<String> report;
    private final LettuceRuntime lettuce = new LettuceRuntime();
    private boolean swept;

    /**
     * A source.
     *
     * @param client closed by the source
     * @param organization the organization, or null for the token's usual one
     * @param lease how long a database may be there
     * @param report told what was swept
     */
    ProviderSource(ManagedRedisClient client, @Nullable String organization, Duration lease, Consumer<String> report) {
        this.client = client;
        this.organization = organization;
        this.lease = lease;
        this.report = report;
    }

    @Override
    public TestDatabase create(DatabaseRequest request) {
        sweepOnce();
        DatabaseSpec.Builder spec = request.describe(DatabaseSpec.named(NAME));
        if (organization != null) {
            spec.organization(organization);
        }
        Databases databases = client.databases();
        DatabaseLease leased = databases.lease(spec.build(), lease);
        try {
            Database database = databases
                    .readiness(leased.database().id())
                    .probe(new PingProbe())
                    .await(READY_WITHIN);
            return new TestDatabase(new Leased(client, leased, database), request, lettuce);
        } catch (RuntimeException | Error failed) {
            try {
                leased.close();
            } catch (ManagedRedisException left) {
                failed.addSuppressed(left);
            }
            throw failed;
        }
    }

    @Override
    public void close() {
        lettuce.close();
        client.close();
    }

    /** A sweep that fails is reported and fails no test: the next run sweeps again. */
    private synchronized void sweepOnce() {
        if (swept) {
            return;
        }
        swept = true;
        try {
            SweepReport done = organization == null
                    ? client.databases().sweep()
                    : client.databases().sweep(organization);
            done.deleted()
                    .forEach(database -> report.accept("deleted " + database.name() + ", left by an earlier run"));
            done.failed()
                    .forEach((database, failure) ->
                            report.accept("could not delete " + database.name() + ": " + failure.getMessage()));
        } catch (ManagedRedisException failed) {
            report.accept("could not look for databases left by earlier runs: " + failed.getMessage());
        }
    }

    private record Leased(ManagedRedisClient client, DatabaseLease lease, Database database) implements Tenancy {

        @Override
        public Endpoints endpoints() {
            return Objects.requireNonNull(database.endpoints(), "a database that is ready has an address");
        }

        @Override
        public RedisUrl housekeepingUrl() {
            return endpoints().primaryUrl();
        }

        @Override
        public Optional<LocalManagedRedis> service() {
            return Optional.empty();
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
