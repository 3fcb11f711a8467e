package io.managedredis.internal.management;

import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.Plan;
import io.managedredis.Region;
import io.managedredis.RegionInfo;
import io.managedredis.error.ConflictException;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.NotFoundException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.port.ProvisioningApi;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Changes a database: reads it, merges, sends what differs, and looks at what came of it. Reading fresh makes asking again
 * harmless, for what has happened already no longer differs.
 *
 * <p>The provider replaces the whole list of read regions and all options, so a change that somebody else makes between the
 * reading and the sending is lost where it is about the same list. Nothing in the interface can prevent that.
 */
final class DatabaseUpdating {

    private final Management management;
    private final ProvisioningApi api;
    private final Call call;
    private final RecordedUpdate update;
    private final @Nullable Plan plan;

    private DatabaseUpdating(Management management, Call call, RecordedUpdate update, @Nullable Plan plan) {
        this.management = management;
        this.api = management.api();
        this.call = call;
        this.update = update;
        this.plan = plan;
    }

    /** Asks what is on offer first, so that nothing lies between the reading and the sending. */
    static CompletableFuture<Database> run(Management management, Call call, DatabaseId id, RecordedUpdate update) {
        return Offer.of(management, call, update)
                .thenCompose(offer -> read(management, call, id).thenCompose(current -> {
                    Merge merge = checked(current, update, offer);
                    return merge.isEmpty()
                            ? CompletableFuture.completedFuture(current)
                            : new DatabaseUpdating(management, call, update, offer.plan()).send(merge, 1);
                }));
    }

    /** What the update would do to the database as it is. */
    static CompletableFuture<Merge> preview(Management management, Call call, Database current, RecordedUpdate update) {
        return Offer.of(management, call, update).thenApply(offer -> checked(current, update, offer));
    }

    static CompletableFuture<Database> read(Management management, Call call, DatabaseId id) {
        return management
                .api()
                .get(call, id)
                .toCompletableFuture()
                .thenApply(found -> found.orElseThrow(() -> notFound(call, id)));
    }

    static NotFoundException notFound(Call call, DatabaseId id) {
        return new NotFoundException(
                "there is no database with the id '" + id + "' that the token shows; look it up by name",
                call.details(),
                null);
    }

    /**
     * What the provider offers of the things that an update asks for.
     *
     * @param plan the plan, or null where none is asked for
     * @param regions every region, or none where none is asked for
     */
    private record Offer(@Nullable Plan plan, List<RegionInfo> regions) {

        static CompletableFuture<Offer> of(Management management, Call call, RecordedUpdate update) {
            CompletableFuture<Optional<Plan>> plan = update.plan() == null
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : new SpecificationResolver(management.api())
                            .plan(call, update.plan())
                            .thenApply(Optional::of);
            CompletableFuture<List<RegionInfo>> regions = update.wantedRegions().isEmpty()
                    ? CompletableFuture.completedFuture(List.of())
                    : management.api().regions(call).toCompletableFuture();
            return plan.thenCombine(regions, (chosen, offered) -> new Offer(chosen.orElse(null), offered));
        }
    }

    private static Merge checked(Database current, RecordedUpdate update, Offer offer) {
        Merge merge = Merge.of(current, update, offer.plan());
        if (merge.readRegions().contains(current.primaryRegion())) {
            throw new InvalidRequestException(
                    "readRegions",
                    "the read region '" + current.primaryRegion() + "' is the primary region already",
                    "regions other than the primary, which serves reads too");
        }
        // Regions that the database has already may be retired; new ones must be on offer.
        List<Region> added = merge.readRegions().stream()
                .filter(region -> !current.readRegions().contains(region))
                .toList();
        SpecificationResolver.checkRegions("readRegions", added, offer.regions(), true);
        if (merge.lacksPlanForProdPack()) {
            throw new InvalidRequestException(
                    "prodPack",
                    "the production features are to be " + (merge.prodPack() ? "on" : "off") + " without a new plan",
                    "a change together with a new plan, for the provider looks at it then only");
        }
        return merge;
    }

    private CompletableFuture<Database> send(Merge merge, int times) {
        return api.update(call, merge.request())
                .toCompletableFuture()
                .handle((answered, thrown) -> {
                    if (thrown == null) {
                        return differs(answered)
                                ? lookAgain(merge, times, notShown(answered))
                                : CompletableFuture.completedFuture(answered);
                    }
                    Throwable failure = Call.unwrap(thrown);
                    return failure instanceof UnknownOutcomeException lost
                            ? lookAgain(merge, times, lost)
                            : CompletableFuture.<Database>failedFuture(failure);
                })
                .thenCompose(outcome -> outcome);
    }

    private CompletableFuture<Database> lookAgain(Merge sent, int times, ManagedRedisException why) {
        CompletableFuture<Database> look = management
                .pauseAfter(call, times, why)
                .thenCompose(waited -> read(management, call, sent.current().id()));
        CompletableFuture<Database> seen =
                why instanceof UnknownOutcomeException lost ? LostAnswers.undecidedWhenFailing(call, lost, look) : look;
        return seen.thenCompose(current -> {
            boolean open = isProdPackOpen(sent, current, why);
            if (!open && !differs(current)) {
                return CompletableFuture.completedFuture(current);
            }
            return open || times >= management.retry().maxAttempts()
                    ? CompletableFuture.failedFuture(why)
                    : send(Merge.of(current, update, plan), times + 1);
        });
    }

    private ConflictException notShown(Database answered) {
        return new ConflictException(
                "the change of '" + answered.name()
                        + "' was accepted and does not show: somebody else may have changed it" + " at the same time",
                call.details(),
                null);
    }

    /** Whether the answer does not show the change. Of the production features an answer need not say anything. */
    private boolean differs(Database current) {
        return Merge.of(current, update, plan).changes().stream()
                .anyMatch(change -> !change.field().equals("prodPack"));
    }

    /** The plan has changed and nothing shows whether the production features have: asking again needs another plan. */
    private static boolean isProdPackOpen(Merge sent, Database current, ManagedRedisException why) {
        Boolean asked = sent.request().prodPack();
        return why instanceof UnknownOutcomeException
                && asked != null
                && asked != current.options().prodPack()
                && Boolean.TRUE.equals(
                        current.planId() == null
                                ? null
                                : current.planId().equals(sent.request().planId()));
    }
}
