package io.managedredis.internal.management;

import io.managedredis.Database;
import io.managedredis.DatabaseFilter;
import io.managedredis.DatabaseSpec;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.NotFoundException;
import io.managedredis.error.ProtocolException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.async.Waiting;
import io.managedredis.internal.port.Page;
import io.managedredis.internal.port.ProvisioningApi;
import io.managedredis.lease.DatabaseLease;
import io.managedredis.lease.SweepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Creates databases for a while, and deletes those whose while is over. */
final class Leases {

    private final Management management;
    private final ProvisioningApi api;

    Leases(Management management) {
        this.management = management;
        this.api = management.api();
    }

    CompletableFuture<DatabaseLease> create(DatabaseSpec spec, Duration length, String owner) {
        return management.start(
                "lease",
                spec.name(),
                call -> serverTime(call).thenCompose(now -> {
                    LeaseName name = LeaseName.draw(spec.name(), owner, now, length, management.random());
                    DatabaseSpec leased = spec.withName(name.text()).build();
                    return DatabaseCreation.run(management, call, leased)
                            .thenApply(created -> new Lease(created.database(), name));
                }));
    }

    CompletableFuture<SweepReport> sweep(@Nullable String organization) {
        return management.start("sweep", null, call -> new Sweep(call, organization).from(null));
    }

    /** The provider's time; asks something small where nothing has been asked yet. */
    private CompletableFuture<Instant> serverTime(Call call) {
        return api.serverTime()
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> api.organizations(call)
                        .toCompletableFuture()
                        .thenApply(answered -> api.serverTime().orElseThrow(() -> noTime(call))));
    }

    private static ProtocolException noTime(Call call) {
        return new ProtocolException(
                "the provider's answers carry no date, and leases go by its clock", call.details(), null);
    }

    /** One sweep, page by page. */
    private final class Sweep {

        private final Call call;
        private final @Nullable String organization;
        private final List<Database> deleted = new ArrayList<>();
        private final List<Database> kept = new ArrayList<>();
        private final Map<Database, ManagedRedisException> failed = new LinkedHashMap<>();

        Sweep(Call call, @Nullable String organization) {
            this.call = call;
            this.organization = organization;
        }

        CompletableFuture<SweepReport> from(@Nullable String cursor) {
            return api.list(call, organization, DatabaseFilter.all().pageSize(), cursor)
                    .toCompletableFuture()
                    .thenCompose(page -> sweep(page)
                            .thenCompose(swept -> page.nextCursor() == null
                                    ? CompletableFuture.completedFuture(new SweepReport(deleted, kept, failed))
                                    : from(page.nextCursor())));
        }

        private CompletableFuture<Void> sweep(Page<Database> page) {
            Instant now = api.serverTime().orElseThrow(() -> noTime(call));
            CompletableFuture<Void> swept = CompletableFuture.completedFuture(null);
            for (Database database : page.items()) {
                LeaseName lease = LeaseName.of(database).orElse(null);
                if (lease == null) {
                    continue;
                }
                if (now.isAfter(lease.expiresAt())) {
                    swept = swept.thenCompose(before -> delete(database));
                } else {
                    kept.add(database);
                }
            }
            return swept;
        }

        private CompletableFuture<Void> delete(Database database) {
            return DatabaseDeletion.run(management, call, database.id()).handle((done, thrown) -> {
                Throwable failure = thrown == null ? null : Call.unwrap(thrown);
                if (failure == null || failure instanceof NotFoundException) {
                    deleted.add(database);
                } else if (failure instanceof ManagedRedisException error) {
                    failed.put(database, error);
                } else {
                    throw new IllegalStateException(failure);
                }
                return null;
            });
        }
    }

    private final class Lease implements DatabaseLease {

        private final Database database;
        private final LeaseName name;
        private final AtomicReference<@Nullable CompletableFuture<Void>> closing = new AtomicReference<>();

        Lease(Database database, LeaseName name) {
            this.database = database;
            this.name = name;
        }

        @Override
        public Database database() {
            return database;
        }

        @Override
        public String owner() {
            return name.owner();
        }

        @Override
        public Instant expiresAt() {
            return name.expiresAt();
        }

        @Override
        public void close() {
            Waiting.join(closeAsync());
        }

        @Override
        public CompletableFuture<Void> closeAsync() {
            CompletableFuture<Void> known = closing.get();
            if (known != null && !known.isCompletedExceptionally()) {
                return known;
            }
            CompletableFuture<Void> deleting = management.start(
                    "close lease",
                    database.name(),
                    call -> DatabaseDeletion.run(management, call, database.id())
                            .exceptionallyCompose(thrown -> Call.unwrap(thrown) instanceof NotFoundException
                                    ? CompletableFuture.completedFuture(null)
                                    : CompletableFuture.failedFuture(thrown)));
            closing.set(deleting);
            return deleting;
        }

        @Override
        public String toString() {
            return "DatabaseLease[" + database.name() + " until " + name.expiresAt() + "]";
        }
    }
}
