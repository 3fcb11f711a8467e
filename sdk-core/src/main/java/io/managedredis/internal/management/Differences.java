package io.managedredis.internal.management;

import io.managedredis.Change;
import io.managedredis.ChangeSet;
import io.managedredis.Database;
import io.managedredis.DatabaseOptions;
import io.managedredis.DatabaseSpec;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.port.NewDatabase;
import io.managedredis.pricing.BilledDatabase;
import io.managedredis.pricing.CostEstimate;
import io.managedredis.pricing.PriceBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Says what it would take to make a database what it should be. Sends no mutation. */
final class Differences {

    private final Management management;

    Differences(Management management) {
        this.management = management;
    }

    /** What it takes where there is no such database yet. */
    CompletableFuture<ChangeSet> ofCreation(Call call, DatabaseSpec spec) {
        return new SpecificationResolver(management.api()).resolve(call, spec).thenApply(this::creation);
    }

    /** What it takes where the database is as given. */
    CompletableFuture<ChangeSet> between(Call call, Database current, DatabaseSpec spec) {
        List<Change> refused = refused(current, spec);
        if (!refused.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new ChangeSet(current.name(), ChangeSet.Action.NONE, List.of(), refused, null, null));
        }
        return between(call, current, RecordedUpdate.of(spec));
    }

    /** What an update would do where the database is as given. */
    CompletableFuture<ChangeSet> between(Call call, Database current, RecordedUpdate update) {
        return DatabaseUpdating.preview(management, call, current, update).thenApply(this::update);
    }

    private ChangeSet creation(ResolvedSpec wanted) {
        NewDatabase request = wanted.request();
        DatabaseOptions options = request.options();
        List<Change> changes = new ArrayList<>();
        changes.add(new Change("name", null, request.name()));
        changes.add(new Change("organization", null, wanted.organization().slug()));
        changes.add(new Change("primaryRegion", null, request.primaryRegion().code()));
        changes.add(new Change("readRegions", null, Merge.codes(request.readRegions())));
        String planName = wanted.plan() == null ? null : wanted.plan().name();
        changes.add(new Change("plan", null, planName == null ? "the provider's default" : planName));
        changes.add(new Change("eviction", null, options.eviction().toString()));
        changes.add(new Change("autoUpgrade", null, String.valueOf(options.autoUpgrade())));
        changes.add(new Change("prodPack", null, String.valueOf(options.prodPack())));
        return new ChangeSet(
                request.name(),
                ChangeSet.Action.CREATE,
                changes,
                List.of(),
                null,
                cost(Merge.billed(planName, request.readRegions(), options.prodPack())));
    }

    private ChangeSet update(Merge merge) {
        return new ChangeSet(
                merge.current().name(),
                merge.isEmpty() ? ChangeSet.Action.NONE : ChangeSet.Action.UPDATE,
                merge.changes(),
                List.of(),
                cost(merge.billedBefore()),
                cost(merge.billedAfter()));
    }

    private static List<Change> refused(Database current, DatabaseSpec spec) {
        List<Change> refused = new ArrayList<>();
        if (!current.primaryRegion().equals(spec.primaryRegion())) {
            refused.add(new Change(
                    "primaryRegion",
                    current.primaryRegion().code(),
                    spec.primaryRegion().code()));
        }
        if (spec.organization() != null && !current.organization().equals(spec.organization())) {
            refused.add(new Change("organization", current.organization(), spec.organization()));
        }
        return refused;
    }

    private @Nullable CostEstimate cost(Optional<BilledDatabase> billed) {
        if (billed.isEmpty()) {
            return null;
        }
        for (PriceBook book : management.priceBooks()) {
            Optional<CostEstimate> estimate = book.estimate(billed.get());
            if (estimate.isPresent()) {
                return estimate.get();
            }
        }
        return null;
    }
}
