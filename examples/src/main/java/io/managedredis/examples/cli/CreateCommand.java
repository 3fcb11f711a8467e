package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Organization;
import io.managedredis.Plan;
import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.error.ManagedRedisException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Creates a database and waits until it can be used. What is not given is asked for.")
final class CreateCommand implements Callable<Integer> {

    private static final Duration COMES_UP_WITHIN = Duration.ofMinutes(5);

    private final Shell shell;
    private final Prompts prompts;

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "Its name. Default: one is drawn.")
    private @Nullable String name;

    @Option(
            names = {"-o", "--organization"},
            paramLabel = "SLUG",
            description = "The organization that owns it. Without a terminal the default is the only or personal one.")
    private @Nullable String organization;

    @Option(
            names = {"-r", "--region"},
            paramLabel = "CODE",
            description = "The primary region, which can't be changed later.")
    private @Nullable Region region;

    @ArgGroup
    private @Nullable ReplicaRegions replicaRegions;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "The plan, by name or ID. Without a terminal the default is the provider's.")
    private @Nullable String plan;

    @ArgGroup
    private @Nullable EvictionFlags eviction;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    CreateCommand(Shell shell) {
        this.shell = shell;
        this.prompts = new Prompts(shell);
    }

    @Override
    public Integer call() throws Exception {
        Outcome outcome = new Outcome(shell);
        return shell.interrupts().during(() -> create(outcome), outcome::explain);
    }

    private int create(Outcome outcome) {
        try (ManagedRedisClient client = api.client(shell)) {
            DatabaseSpec spec = specification(client);
            Database created;
            try (Progress progress = Progress.start(shell, !output.json(), "Creating " + spec.name())) {
                outcome.creating(spec.name(), progress);
                created = client.databases().create(spec);
                outcome.created();
                progress.say("Created " + spec.name() + "; waiting until it can be used");
                created = ready(client, created, progress);
            }
            if (!output.json()) {
                shell.out().println("Your Redis database " + created.name() + " is ready.");
            }
            output.print(created, shell);
            return ExitCode.OK;
        }
    }

    private Database ready(ManagedRedisClient client, Database created, Progress progress) {
        try {
            return client.databases()
                    .readiness(created.id())
                    .onProgress(look -> progress.say(
                            "Created " + created.name() + "; waiting until it can be used: " + look.status()))
                    .await(COMES_UP_WITHIN);
        } catch (ManagedRedisException notReady) {
            progress.close();
            shell.err()
                    .println("The database " + created.name() + " (" + created.id()
                            + ") was created, and cannot be used yet.");
            throw notReady;
        }
    }

    private DatabaseSpec specification(ManagedRedisClient client) {
        if (region == null && !prompts.canAsk()) {
            throw new UsageException("Missing --region: there is no terminal to ask on.");
        }
        DatabaseSpec.Builder spec = name == null ? DatabaseSpec.unnamed() : DatabaseSpec.named(name);
        String owner = organization(client);
        if (owner != null) {
            spec.organization(owner);
        }
        RegionChoices regions = new RegionChoices(
                prompts.canAsk() && (region == null || replicaRegions == null)
                        ? client.regions().list()
                        : List.of());
        Region primary = region != null
                ? region
                : prompts.one(
                        "Choose a primary region (can't be changed later)",
                        "--region",
                        regions.open(),
                        regions.unlisted());
        spec.primaryRegion(primary).readRegions(readRegions(regions.without(primary)));
        String planName = planName(client);
        if (planName != null) {
            spec.plan(PlanId.of(planName));
        }
        if (eviction != null) {
            spec.eviction(eviction.value());
        }
        return spec.build();
    }

    private @Nullable String organization(ManagedRedisClient client) {
        if (organization != null || !prompts.canAsk()) {
            return organization;
        }
        List<Choice<Organization>> choices = client.organizations().list().stream()
                .map(each -> new Choice<>(each, each.slug(), each.name() + " (" + each.slug() + ")"))
                .toList();
        String question = "Select Organization:";
        if (choices.size() == 1) {
            prompts.show(question, choices.get(0).label());
            return choices.get(0).value().slug();
        }
        return prompts.one(question, "--organization", choices, List.of()).slug();
    }

    private List<Region> readRegions(RegionChoices regions) {
        if (replicaRegions != null) {
            return replicaRegions.regions();
        }
        return prompts.canAsk()
                ? prompts.some(
                        "Optionally, choose one or more replica regions (can be changed later):",
                        "--replica-regions or --no-replicas",
                        regions.open(),
                        regions.unlisted(),
                        List.of())
                : List.of();
    }

    private @Nullable String planName(ManagedRedisClient client) {
        if (plan != null || !prompts.canAsk()) {
            return plan;
        }
        List<Choice<Plan>> choices = client.plans().list().stream()
                .filter(PlanText::isOpen)
                .map(PlanText::choice)
                .toList();
        return prompts.one("Select an Upstash Redis plan", "--plan", choices, List.of())
                .id()
                .value();
    }

    /** What Ctrl-C leaves behind, in words. */
    private static final class Outcome {

        private final Shell shell;
        private volatile String sentence = "Nothing was created.";
        private volatile String name = "";
        private volatile @Nullable Progress progress;

        Outcome(Shell shell) {
            this.shell = shell;
        }

        void creating(String database, Progress shown) {
            name = database;
            progress = shown;
            sentence = "The creation of " + name + " was under way and may have happened: 'managed-redis redis status "
                    + name + "' tells, 'managed-redis redis delete " + name + "' undoes it.";
        }

        void created() {
            sentence = name + " was created, and may not be ready yet: 'managed-redis redis status " + name
                    + "' tells, 'managed-redis redis delete " + name + "' undoes it.";
        }

        void explain() {
            Progress shown = progress;
            if (shown != null) {
                shown.close();
            }
            shell.err().println();
            shell.err().println("Interrupted. " + sentence);
        }
    }
}
