package io.managedredis.internal.management;

import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.error.ConflictException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.port.ProvisioningApi;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Gives a database a new password. The addresses tell whether it has got one, so asking again is harmless. */
final class PasswordReset {

    private final Management management;
    private final ProvisioningApi api;
    private final Call call;
    private final Database before;

    private PasswordReset(Management management, Call call, Database before) {
        this.management = management;
        this.api = management.api();
        this.call = call;
        this.before = before;
    }

    static CompletableFuture<Database> run(Management management, Call call, DatabaseId id) {
        return DatabaseUpdating.read(management, call, id)
                .thenCompose(before -> new PasswordReset(management, call, before).ask(1));
    }

    private CompletableFuture<Database> ask(int times) {
        return LostAnswers.look(
                api.resetPassword(call, before.name()).thenApply(this::same), lost -> look(times, lost));
    }

    /** The provider takes a name here, and a name can pass to another database. */
    private Database same(Database answered) {
        if (!answered.id().equals(before.id())) {
            throw new ConflictException(
                    "the name '" + before.name() + "' passed from the database " + before.id() + " to " + answered.id()
                            + " while its password was reset, and the other one's was",
                    call.details(),
                    null);
        }
        return answered;
    }

    private CompletableFuture<Database> look(int times, UnknownOutcomeException lost) {
        return LostAnswers.undecidedWhenFailing(call, lost, DatabaseUpdating.read(management, call, before.id()))
                .thenCompose(current -> {
                    if (!Objects.equals(current.endpoints(), before.endpoints())) {
                        return CompletableFuture.completedFuture(current);
                    }
                    return times >= management.retry().maxAttempts()
                            ? CompletableFuture.failedFuture(lost)
                            : LostAnswers.undecidedWhenFailing(call, lost, management.pauseAfter(call, times, lost))
                                    .thenCompose(waited -> ask(times + 1));
                });
    }
}
