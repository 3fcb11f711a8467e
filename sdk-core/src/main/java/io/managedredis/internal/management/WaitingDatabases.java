package io.managedredis.internal.management;

import io.managedredis.AsyncDatabases;
import io.managedredis.Database;
import io.managedredis.DatabaseFilter;
import io.managedredis.DatabaseId;
import io.managedredis.DatabaseSpec;
import io.managedredis.Databases;
import io.managedredis.internal.async.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The verbs on databases, waiting for the asynchronous ones. Safe for use by several threads. */
public final class WaitingDatabases implements Databases {

    private final Calls calls;
    private final AsyncDatabases async;

    /** The verbs over a provider. */
    public WaitingDatabases(Calls calls) {
        this.calls = calls;
        this.async = new ManagementVerbs(calls);
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
        return new DatabasePages(calls, filter).stream();
    }

    @Override
    public void delete(DatabaseId id) {
        Waiting.join(async.delete(id));
    }

    @Override
    public AsyncDatabases async() {
        return async;
    }

    @Override
    public Databases withTimeout(Duration timeout) {
        return new WaitingDatabases(calls.withTimeout(timeout));
    }
}
