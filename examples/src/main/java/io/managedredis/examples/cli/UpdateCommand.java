package io.managedredis.examples.cli;

import io.managedredis.ChangeSet;
import io.managedredis.Database;
import io.managedredis.DatabaseUpdate;
import io.managedredis.Eviction;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Plan;
import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.pricing.Money;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Changes read regions, plan or eviction, without downtime. Name and primary region never change.",
            "Where no change is given, all are asked for."
        })
final class UpdateCommand implements Callable<Integer> {

    private static final String CHANGE_FLAGS = "a change (--replica-regions, --no-replicas, --add-replica-regions,"
            + " --remove-replica-regions, --plan, --enable-eviction or --disable-eviction)";

    private final Shell shell;
    private final Prompts prompts;

    @Mixin
    private final DatabaseArgument database = new DatabaseArgument();

    @ArgGroup
    private @Nullable ReplicaRegions replicaRegions;

    @Option(
            names = "--add-replica-regions",
            paramLabel = "CODE",
            split = ",",
            description = "More read regions; those that are there stay.")
    private List<Region> added = List.of();

    @Option(
            names = "--remove-replica-regions",
            paramLabel = "CODE",
            split = ",",
            description = "Read regions to do without.")
    private List<Region> removed = List.of();

    @Option(names = "--plan", paramLabel = "PLAN", description = "The plan, by name or ID.")
    private @Nullable String plan;

    @ArgGroup
    private @Nullable EvictionFlags eviction;

    @Option(names = "--dry-run", description = "Says what would change and what it would cost, and changes nothing.")
    private boolean dryRun;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    UpdateCommand(Shell shell) {
        this.shell = shell;
        this.prompts = new Prompts(shell);
    }

    @Override
    public Integer call() {
        if (!isChangeGiven() && !prompts.canAsk()) {
            throw new UsageException("Missing " + CHANGE_FLAGS + ": there is no terminal to ask on.");
        }
        try (ManagedRedisClient client = api.client(shell)) {
            Database found = database.find(client, prompts);
            Consumer<DatabaseUpdate> wanted = isChangeGiven() ? this::given : asked(client, found);
            ChangeSet changes = client.databases().diff(found.id(), wanted);
            if (!output.json()) {
                explain(changes);
            }
            if (dryRun) {
                if (output.json()) {
                    Json.print(shell.out(), ChangesJson.of(changes));
                }
                return ExitCode.OK;
            }
            Database updated = client.databases().update(found.id(), wanted);
            if (!output.json() && !changes.isEmpty()) {
                shell.out().println("Your Redis database " + updated.name() + " was updated");
            }
            output.print(updated, shell);
            return ExitCode.OK;
        }
    }

    private boolean isChangeGiven() {
        return replicaRegions != null || !added.isEmpty() || !removed.isEmpty() || plan != null || eviction != null;
    }

    private void given(DatabaseUpdate update) {
        if (replicaRegions != null) {
            update.readRegions(replicaRegions.regions());
        }
        if (!added.isEmpty()) {
            update.addReadRegions(added);
        }
        if (!removed.isEmpty()) {
            update.removeReadRegions(removed);
        }
        if (plan != null) {
            update.plan(PlanId.of(plan));
        }
        if (eviction != null) {
            update.eviction(eviction.value());
        }
    }

    private Consumer<DatabaseUpdate> asked(ManagedRedisClient client, Database found) {
        RegionChoices regions = new RegionChoices(client.regions().list()).without(found.primaryRegion());
        List<Region> readRegions = prompts.some(
                "Choose the replica regions (empty: as they are, 'none': no replica):",
                "--replica-regions or --no-replicas",
                regions.open(),
                regions.unlisted(),
                found.readRegions());
        Plan newPlan = prompts.one(
                "Select an Upstash Redis plan (empty: as it is)",
                "--plan",
                client.plans().list().stream()
                        .filter(each -> PlanText.isOpen(each) || each.id().equals(found.planId()))
                        .map(PlanText::choice)
                        .toList(),
                List.of(),
                found.planName());
        boolean evicts = prompts.confirm(
                "Would you like to enable eviction?",
                "--enable-eviction or --disable-eviction",
                found.eviction() == Eviction.ENABLED);
        return update -> update.readRegions(readRegions)
                .plan(newPlan.id())
                .eviction(evicts ? Eviction.ENABLED : Eviction.DISABLED);
    }

    private void explain(ChangeSet changes) {
        if (changes.isEmpty()) {
            shell.out().println(changes.database() + " is like that already");
            return;
        }
        changes.changes().forEach(change -> shell.out().println("  " + change));
        changes.refused().forEach(change -> shell.out().println("  refused: " + change));
        shell.out().println(changes.monthlyDifference().map(UpdateCommand::cost).orElse("  cost: not known"));
    }

    private static String cost(Money difference) {
        String sign = difference.isNegative() || difference.isZero() ? "" : "+";
        return "  cost: " + sign + difference + " a month";
    }

    /**
     * What would change, in JSON. Names and types stay; more may be added.
     *
     * @param monthlyDifference how much more a month costs, or null where that is not known
     */
    private record ChangesJson(
            String database,
            List<ChangeJson> changes,
            @Nullable String monthlyDifference) {

        static ChangesJson of(ChangeSet changes) {
            return new ChangesJson(
                    changes.database(),
                    changes.changes().stream()
                            .map(each -> new ChangeJson(each.field(), each.before(), each.after()))
                            .toList(),
                    changes.monthlyDifference().map(Money::toString).orElse(null));
        }
    }

    private record ChangeJson(String field, @Nullable String before, String after) {}
}
