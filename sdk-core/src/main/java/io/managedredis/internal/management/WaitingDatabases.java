package io.managedredis.internal.management;

import io.managedredis.AsyncDatabases;
import io.managedredis.ChangeSet;
import io.managedredis.Database;
import io.managedredis.DatabaseFilter;
import io.managedredis.DatabaseId;
import io.managedredis.DatabaseSpec;
import io.managedredis.DatabaseStatistics;
import io.managedredis.DatabaseUpdate;
import io.managedredis.Databases;
import io.managedredis.EnsureResult;
import io.managedredis.RegionalCacheSpec;
import io.managedredis.RegionalCaches;
import io.managedredis.internal.async.Waiting;
import io.managedredis.lease.DatabaseLease;
import io.managedredis.lease.SweepReport;
import io.managedredis.pricing.CostEstimate;
import io.managedredis.pricing.MonthlyUsage;
import io.managedredis.readiness.Readiness;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The verbs on databases, waiting for the asynchronous ones. Safe for use by several threads. */
public final class WaitingDatabases implements Databases {

    private final Management management;
    private final AsyncDatabases async;

    /** The verbs over a provider. */
    public WaitingDatabases(Management management) {
        this.management = management;
        this.async = new ManagementVerbs(management);
    }

    @Override
    public Database create(DatabaseSpec spec) {
        return Waiting.join(async.create(spec));
    }

    @Override
    public Database get(DatabaseId id) {
        return Waiting.join(async.get(id));
    }

    @Override
    public Optional<Database> find(String name) {
        return Waiting.join(async.find(name));
    }

    @Override
    public Stream<Database> list(DatabaseFilter filter) {
        return new DatabasePages(management, filter).stream();
    }

    @Override
    public Database update(DatabaseId id, Consumer<DatabaseUpdate> changes) {
        return Waiting.join(async.update(id, changes));
    }

    @Override
    public ChangeSet diff(DatabaseSpec spec) {
        return Waiting.join(async.diff(spec));
    }

    @Override
    public ChangeSet diff(DatabaseId id, Consumer<DatabaseUpdate> changes) {
        return Waiting.join(async.diff(id, changes));
    }

    @Override
    public Optional<CostEstimate> estimate(DatabaseSpec spec) {
        return Waiting.join(async.estimate(spec));
    }

    @Override
    public Optional<CostEstimate> estimate(DatabaseSpec spec, MonthlyUsage usage) {
        return Waiting.join(async.estimate(spec, usage));
    }

    @Override
    public EnsureResult ensure(DatabaseSpec spec) {
        return Waiting.join(async.ensure(spec));
    }

    @Override
    public RegionalCaches ensureCaches(RegionalCacheSpec spec) {
        return Waiting.join(async.ensureCaches(spec));
    }

    @Override
    public void delete(DatabaseId id) {
        Waiting.join(async.delete(id));
    }

    @Override
    public Database resetPassword(DatabaseId id) {
        return Waiting.join(async.resetPassword(id));
    }

    @Override
    public DatabaseStatistics statistics(DatabaseId id) {
        return Waiting.join(async.statistics(id));
    }

    @Override
    public Readiness readiness(DatabaseId id) {
        return new PollingReadiness(management, id);
    }

    @Override
    public DatabaseLease lease(DatabaseSpec spec, Duration length) {
        return Waiting.join(async.lease(spec, length));
    }

    @Override
    public DatabaseLease lease(DatabaseSpec spec, Duration length, String owner) {
        return Waiting.join(async.lease(spec, length, owner));
    }

    @Override
    public SweepReport sweep() {
        return Waiting.join(async.sweep());
    }

    @Override
    public SweepReport sweep(String organization) {
        return Waiting.join(async.sweep(organization));
    }

    @Override
    public AsyncDatabases async() {
        return async;
    }

    @Override
    public Databases withTimeout(Duration timeout) {
        return new WaitingDatabases(management.withTimeout(timeout));
    }
}
