package io.managedredis.internal.management;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.Region;
import io.managedredis.error.ConflictException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.port.NewDatabase;
import io.managedredis.internal.port.ProvisioningApi;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Creates a database so that one specification never becomes two. The name can be taken only once, so asking again is
 * harmless; what it takes is to recognize one's own database after an answer was lost.
 *
 * <p>A database of that name is one's own if it is what was asked for and not older than the question, by the provider's
 * clock. Two programs that ask for the same at the same second cannot be told apart in this way; both then have it.
 */
final class DatabaseCreation {

    /** The provider tells the time to the second, and its clocks need not agree to the second. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private final Management management;
    private final ProvisioningApi api;
    private final Call call;
    private final ResolvedSpec wanted;
    private final Optional<Instant> askedAt;

    /** A database, and whether it was recognized by looking. */
    record Created(Database database, boolean adopted) {}

    private DatabaseCreation(Management management, Call call, ResolvedSpec wanted) {
        this.management = management;
        this.api = management.api();
        this.call = call;
        this.wanted = wanted;
        this.askedAt = api.serverTime();
    }

    static CompletableFuture<Created> run(Management management, Call call, DatabaseSpec spec) {
        return new SpecificationResolver(management.api())
                .resolve(call, spec)
                .thenCompose(wanted -> new DatabaseCreation(management, call, wanted).ask(1, null));
    }

    /**
     * Asks for the database.
     *
     * @param times counts the questions, this one included
     * @param lost the last answer that was lost, or null
     */
    private CompletableFuture<Created> ask(int times, @Nullable UnknownOutcomeException lost) {
        return api.create(call, wanted.request())
                .toCompletableFuture()
                .thenApply(database -> new Created(database, false))
                .exceptionallyCompose(thrown -> {
                    Throwable failure = Call.unwrap(thrown);
                    if (failure instanceof UnknownOutcomeException unanswered) {
                        return look(times, unanswered);
                    }
                    // Taken, perhaps by the question before, which nobody answered.
                    return lost != null && failure instanceof ConflictException
                            ? look(times, lost)
                            : CompletableFuture.failedFuture(failure);
                });
    }

    private CompletableFuture<Created> look(int times, UnknownOutcomeException lost) {
        return LostAnswers.undecidedWhenFailing(
                        call, lost, api.find(call, wanted.request().name()))
                .thenCompose(found -> found.isPresent() ? adopt(found.get(), lost) : askAgain(times, lost));
    }

    private CompletableFuture<Created> askAgain(int times, UnknownOutcomeException lost) {
        if (times >= management.retry().maxAttempts()) {
            return CompletableFuture.failedFuture(new UnknownOutcomeException(
                    "the database was asked for " + times + " times without an answer, and is not there. It may still"
                            + " appear: look for '" + wanted.request().name() + "' later. The last failure: "
                            + lost.getMessage(),
                    call.details(),
                    lost));
        }
        return LostAnswers.undecidedWhenFailing(call, lost, management.pauseAfter(call, times, lost))
                .thenCompose(waited -> ask(times + 1, lost));
    }

    private CompletableFuture<Created> adopt(Database found, UnknownOutcomeException lost) {
        String difference = differenceFrom(found);
        if (difference == null && askedAt.isEmpty()) {
            return CompletableFuture.failedFuture(new UnknownOutcomeException(
                    "a database '" + found.name() + "' with the id " + found.id()
                            + " is there, and the provider gives no"
                            + " time by which to tell whether it was there before. The answer to its creation was lost: "
                            + lost.getMessage(),
                    call.details(),
                    lost));
        }
        if (difference == null && isOlderThanTheQuestion(found)) {
            difference = "it was created at " + found.createdAt() + ", before it was asked for";
        }
        return difference == null
                ? CompletableFuture.completedFuture(new Created(found, true))
                : CompletableFuture.failedFuture(new ConflictException(
                        "the name '" + found.name() + "' is taken by another database (" + found.id() + "): "
                                + difference + ". Choose another name",
                        call.details(),
                        lost));
    }

    private boolean isOlderThanTheQuestion(Database found) {
        return askedAt.isPresent() && found.createdAt().isBefore(askedAt.get().minus(CLOCK_TOLERANCE));
    }

    private @Nullable String differenceFrom(Database found) {
        NewDatabase request = wanted.request();
        if (!found.organization().equals(wanted.organization().slug())) {
            return "it belongs to '" + found.organization() + "'";
        }
        if (!found.primaryRegion().equals(request.primaryRegion())) {
            return "its primary region is " + found.primaryRegion();
        }
        if (!asSet(found.readRegions()).equals(asSet(request.readRegions()))) {
            return "its read regions are " + found.readRegions();
        }
        if (request.planId() != null
                && found.planId() != null
                && !found.planId().equals(request.planId())) {
            return "its plan is " + found.planName();
        }
        return null;
    }

    private static Set<Region> asSet(List<Region> regions) {
        return new HashSet<>(regions);
    }
}
