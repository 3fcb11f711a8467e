package io.managedredis.internal.management;

import io.managedredis.DatabaseId;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.port.ProvisioningApi;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Deletes a database. Identifiers are not used twice, so asking again is harmless. */
final class DatabaseDeletion {

    private final Management management;
    private final ProvisioningApi api;
    private final Call call;
    private final DatabaseId id;

    private DatabaseDeletion(Management management, Call call, DatabaseId id) {
        this.management = management;
        this.api = management.api();
        this.call = call;
        this.id = id;
    }

    static CompletableFuture<Void> run(Management management, Call call, DatabaseId id) {
        return new DatabaseDeletion(management, call, id).ask(1, false);
    }

    private CompletableFuture<@Nullable Void> ask(int times, boolean unanswered) {
        CompletableFuture<Boolean> deleted = LostAnswers.look(api.delete(call, id), lost -> look(times, lost));
        return deleted.thenAccept(done -> {
            // Gone after a question that nobody answered is what was asked for.
            if (!done && !unanswered) {
                throw DatabaseUpdating.notFound(call, id);
            }
        });
    }

    private CompletableFuture<Boolean> look(int times, UnknownOutcomeException lost) {
        return LostAnswers.undecidedWhenFailing(call, lost, api.get(call, id)).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedFuture(true);
            }
            if (times >= management.retry().maxAttempts()) {
                return CompletableFuture.failedFuture(lost);
            }
            return LostAnswers.undecidedWhenFailing(call, lost, management.pauseAfter(call, times, lost))
                    .thenCompose(waited -> ask(times + 1, true))
                    .thenApply(done -> true);
        });
    }
}
