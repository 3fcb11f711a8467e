package io.managedredis.internal.management;

import io.managedredis.AsyncDatabases;
import io.managedredis.ChangeSet;
import io.managedredis.Database;
import io.managedredis.DatabaseFilter;
import io.managedredis.DatabaseId;
import io.managedredis.DatabasePage;
import io.managedredis.DatabaseSpec;
import io.managedredis.DatabaseStatistics;
import io.managedredis.DatabaseUpdate;
import io.managedredis.EnsureResult;
import io.managedredis.PlanId;
import io.managedredis.RegionalCacheSpec;
import io.managedredis.RegionalCaches;
import io.managedredis.internal.port.ProvisioningApi;
import io.managedredis.lease.DatabaseLease;
import io.managedredis.lease.SweepReport;
import io.managedredis.pricing.BilledDatabase;
import io.managedredis.pricing.CostEstimate;
import io.managedredis.pricing.MonthlyUsage;
import io.managedredis.pricing.PriceBook;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The verbs on databases, each a call of its own. Safe for use by several threads. */
final class ManagementVerbs implements AsyncDatabases {

    private final Management management;
    private final ProvisioningApi api;

    ManagementVerbs(Management management) {
        this.management = management;
        this.api = management.api();
    }

    @Override
    public CompletableFuture<Database> create(DatabaseSpec spec) {
        return management.start(
                "create",
                spec.name(),
                call -> DatabaseCreation.run(management, call, spec).thenApply(DatabaseCreation.Created::database));
    }

    @Override
    public CompletableFuture<Database> get(DatabaseId id) {
        return management.start("get", id.value(), call -> DatabaseUpdating.read(management, call, id));
    }

    @Override
    public CompletableFuture<Optional<Database>> find(String name) {
        return management.start("find", name, call -> api.find(call, name));
    }

    @Override
    public CompletableFuture<DatabasePage> list(DatabaseFilter filter) {
        return new DatabasePages(management, filter).first();
    }

    @Override
    public CompletableFuture<Database> update(DatabaseId id, Consumer<DatabaseUpdate> changes) {
        RecordedUpdate update = recorded(changes);
        return management.start("update", id.value(), call -> DatabaseUpdating.run(management, call, id, update));
    }

    @Override
    public CompletableFuture<ChangeSet> diff(DatabaseSpec spec) {
        Differences differences = new Differences(management);
        return management.start(
                "diff",
                spec.name(),
                call -> api.find(call, spec.name())
                        .thenCompose(found -> found.isPresent()
                                ? differences.between(call, found.get(), spec)
                                : differences.ofCreation(call, spec)));
    }

    @Override
    public CompletableFuture<ChangeSet> diff(DatabaseId id, Consumer<DatabaseUpdate> changes) {
        RecordedUpdate update = recorded(changes);
        return management.start(
                "diff",
                id.value(),
                call -> DatabaseUpdating.read(management, call, id)
                        .thenCompose(current -> new Differences(management).between(call, current, update)));
    }

    @Override
    public CompletableFuture<Optional<CostEstimate>> estimate(DatabaseSpec spec) {
        return estimate(spec, PriceBook::estimate);
    }

    @Override
    public CompletableFuture<Optional<CostEstimate>> estimate(DatabaseSpec spec, MonthlyUsage usage) {
        return estimate(spec, (book, billed) -> book.estimate(billed, usage));
    }

    @Override
    public CompletableFuture<EnsureResult> ensure(DatabaseSpec spec) {
        return management.start("ensure", spec.name(), call -> DatabaseEnsuring.run(management, call, spec));
    }

    @Override
    public CompletableFuture<RegionalCaches> ensureCaches(RegionalCacheSpec spec) {
        return management.start("ensure caches", spec.name(), call -> CacheEnsuring.run(management, call, spec));
    }

    @Override
    public CompletableFuture<Void> delete(DatabaseId id) {
        return management.start("delete", id.value(), call -> DatabaseDeletion.run(management, call, id));
    }

    @Override
    public CompletableFuture<Database> resetPassword(DatabaseId id) {
        return management.start("reset password", id.value(), call -> PasswordReset.run(management, call, id));
    }

    @Override
    public CompletableFuture<DatabaseStatistics> statistics(DatabaseId id) {
        return management.start(
                "statistics",
                id.value(),
                call -> api.statistics(call, id)
                        .thenApply(found -> found.orElseThrow(() -> DatabaseUpdating.notFound(call, id))));
    }

    @Override
    public CompletableFuture<DatabaseLease> lease(DatabaseSpec spec, Duration length) {
        return lease(spec, length, System.getProperty("user.name", ""));
    }

    @Override
    public CompletableFuture<DatabaseLease> lease(DatabaseSpec spec, Duration length, String owner) {
        return new Leases(management).create(spec, length, owner);
    }

    @Override
    public CompletableFuture<SweepReport> sweep() {
        return new Leases(management).sweep(null);
    }

    @Override
    public CompletableFuture<SweepReport> sweep(String organization) {
        return new Leases(management).sweep(organization);
    }

    @Override
    public AsyncDatabases withTimeout(Duration timeout) {
        return new ManagementVerbs(management.withTimeout(timeout));
    }

    private CompletableFuture<Optional<CostEstimate>> estimate(
            DatabaseSpec spec, BiFunction<PriceBook, BilledDatabase, Optional<CostEstimate>> price) {
        PlanId named = spec.plan();
        if (named == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return management.start(
                "estimate",
                spec.name(),
                call -> new SpecificationResolver(api).plan(call, named).thenApply(plan -> {
                    BilledDatabase billed = new BilledDatabase(
                            plan.name(), spec.readRegions().size(), Boolean.TRUE.equals(spec.prodPack()));
                    return management.priceBooks().stream()
                            .flatMap(book -> price.apply(book, billed).stream())
                            .findFirst();
                }));
    }

    private static RecordedUpdate recorded(Consumer<DatabaseUpdate> changes) {
        RecordedUpdate update = new RecordedUpdate();
        changes.accept(update);
        return update;
    }
}
