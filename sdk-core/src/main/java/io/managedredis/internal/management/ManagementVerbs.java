package io.managedredis.internal.management;

import io.managedredis.AsyncDatabases;
import io.managedredis.Database;
import io.managedredis.DatabaseFilter;
import io.managedredis.DatabaseId;
import io.managedredis.DatabasePage;
import io.managedredis.DatabaseSpec;
import io.managedredis.error.NotFoundException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.port.ProvisioningApi;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The verbs on databases, each a call of its own. Safe for use by several threads. */
final class ManagementVerbs implements AsyncDatabases {

    private final Calls calls;
    private final ProvisioningApi api;

    ManagementVerbs(Calls calls) {
        this.calls = calls;
        this.api = calls.api();
    }

    @Override
    public CompletableFuture<Database> create(DatabaseSpec spec) {
        SpecificationResolver resolver = new SpecificationResolver(api);
        return calls.start(
                "create",
                spec.name(),
                call -> resolver.resolve(call, spec).thenCompose(database -> api.create(call, database)));
    }

    @Override
    public CompletableFuture<Database> get(DatabaseId id) {
        return calls.start(
                "get",
                id.value(),
                call -> api.get(call, id).thenApply(found -> found.orElseThrow(() -> notFound(call, id))));
    }

    @Override
    public CompletableFuture<Optional<Database>> find(String name) {
        return calls.start("find", name, call -> api.find(call, name));
    }

    @Override
    public CompletableFuture<DatabasePage> list(DatabaseFilter filter) {
        return new DatabasePages(calls, filter).first();
    }

    @Override
    public CompletableFuture<Void> delete(DatabaseId id) {
        return calls.start(
                "delete",
                id.value(),
                call -> api.delete(call, id).thenAccept(existed -> {
                    if (!existed) {
                        throw notFound(call, id);
                    }
                }));
    }

    @Override
    public AsyncDatabases withTimeout(Duration timeout) {
        return new ManagementVerbs(calls.withTimeout(timeout));
    }

    private static NotFoundException notFound(Call call, DatabaseId id) {
        return new NotFoundException(
                "there is no database with the id '" + id + "' that the token shows; look it up by name",
                call.details(),
                null);
    }
}
