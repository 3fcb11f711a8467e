package io.managedredis.internal.management;

import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.internal.async.Call;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What all changes do when an answer is lost. */
final class LostAnswers {

    private LostAnswers() {}

    /** What the look makes of it where the change's answer was lost; every other failure stays. */
    static <T> CompletableFuture<T> look(
            CompletionStage<T> change, Function<UnknownOutcomeException, CompletableFuture<T>> look) {
        return change.toCompletableFuture()
                .exceptionallyCompose(thrown -> Call.unwrap(thrown) instanceof UnknownOutcomeException lost
                        ? look.apply(lost)
                        : CompletableFuture.failedFuture(thrown));
    }

    /** A look that fails leaves open what happened, and says all that is known. */
    static <T> CompletableFuture<T> undecidedWhenFailing(
            Call call, UnknownOutcomeException lost, CompletionStage<T> look) {
        return look.toCompletableFuture().exceptionallyCompose(thrown -> {
            Throwable failure = Call.unwrap(thrown);
            return CompletableFuture.failedFuture(
                    failure instanceof ManagedRedisException ? undecided(call, lost, failure) : failure);
        });
    }

    private static UnknownOutcomeException undecided(Call call, UnknownOutcomeException lost, Throwable failure) {
        UnknownOutcomeException undecided = new UnknownOutcomeException(
                "the change may have happened or not: its answer was lost (" + lost.getMessage()
                        + "), and looking did not tell (" + failure.getMessage() + "). Look again later",
                call.details()
                        .withAnswer(
                                lost.details().status(),
                                lost.details().code(),
                                lost.details().requestId()),
                lost);
        undecided.addSuppressed(failure);
        return undecided;
    }
}
