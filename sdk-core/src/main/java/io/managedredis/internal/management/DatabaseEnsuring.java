package io.managedredis.internal.management;

import io.managedredis.Change;
import io.managedredis.ChangeSet;
import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.EnsureResult;
import io.managedredis.error.ConflictException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.internal.async.Call;
import java.util.concurrent.CompletableFuture;

/** Makes a database what a specification says, whatever it takes. */
final class DatabaseEnsuring {

    private final Management management;
    private final Differences differences;
    private final Call call;
    private final DatabaseSpec spec;

    private DatabaseEnsuring(Management management, Call call, DatabaseSpec spec) {
        this.management = management;
        this.differences = new Differences(management);
        this.call = call;
        this.spec = spec;
    }

    static CompletableFuture<EnsureResult> run(Management management, Call call, DatabaseSpec spec) {
        DatabaseEnsuring ensuring = new DatabaseEnsuring(management, call, spec);
        return management
                .api()
                .find(call, spec.name())
                .toCompletableFuture()
                .thenCompose(found -> found.isPresent() ? ensuring.update(found.get()) : ensuring.create());
    }

    private CompletableFuture<EnsureResult> create() {
        return differences
                .ofCreation(call, spec)
                .thenCompose(changes -> DatabaseCreation.run(management, call, spec)
                        .thenApply(created -> new EnsureResult(created.database(), changes, created.adopted()))
                        .exceptionallyCompose(thrown -> Call.unwrap(thrown) instanceof ConflictException taken
                                ? afterAll(taken)
                                : CompletableFuture.failedFuture(thrown)));
    }

    /** Somebody else has created it in the meantime. */
    private CompletableFuture<EnsureResult> afterAll(ConflictException taken) {
        return management
                .api()
                .find(call, spec.name())
                .toCompletableFuture()
                .thenCompose(found -> found.isPresent() ? update(found.get()) : CompletableFuture.failedFuture(taken));
    }

    private CompletableFuture<EnsureResult> update(Database current) {
        return differences.between(call, current, spec).thenCompose(changes -> {
            if (!changes.isPossible()) {
                return CompletableFuture.failedFuture(refused(changes));
            }
            CompletableFuture<Database> updated = changes.isEmpty()
                    ? CompletableFuture.completedFuture(current)
                    : DatabaseUpdating.run(management, call, current.id(), RecordedUpdate.of(spec));
            return updated.thenApply(database -> new EnsureResult(database, changes, false));
        });
    }

    private InvalidRequestException refused(ChangeSet changes) {
        Change first = changes.refused().get(0);
        return new InvalidRequestException(
                first.field(),
                "the " + first.field() + " of '" + spec.name() + "' is " + first.before()
                        + ", which cannot be changed to " + first.after(),
                first.before() + ", or a database with another name",
                call.details());
    }
}
