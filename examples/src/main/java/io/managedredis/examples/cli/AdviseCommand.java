package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.Endpoints;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.RegionInfo;
import io.managedredis.Routing;
import io.managedredis.placement.Advice;
import io.managedredis.placement.Placement;
import io.managedredis.placement.PlacementAdviser;
import io.managedredis.placement.RoundTrips;
import io.managedredis.placement.Workload;
import io.managedredis.pricing.PriceBook;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "advise",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says what adding or removing a read region, or moving the primary, would do to latency and cost under a"
                    + " workload. Changes nothing.",
            "The placement is that of a database, or one that is given with --region."
        })
final class AdviseCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final DatabaseArgument database = new DatabaseArgument();

    @Option(
            names = {"-w", "--workload"},
            required = true,
            paramLabel = "FILE",
            description =
                    "Reads and writes a second, a line such as 'ams,120,3' for each region; '-' is the standard input.")
    private Path workload = Path.of("");

    @Option(
            names = {"-r", "--region"},
            paramLabel = "CODE",
            description = "The primary region of a placement that is no database yet.")
    private @Nullable Region region;

    @ArgGroup
    private @Nullable ReplicaRegions replicaRegions;

    @Option(names = "--plan", paramLabel = "PLAN", description = "The plan, by its name. Default: the database's.")
    private @Nullable String plan;

    @Option(
            names = "--candidates",
            paramLabel = "CODE",
            split = ",",
            description = "Regions to consider. Default: those of the workload that are open.")
    private List<Region> candidates = List.of();

    @Option(
            names = "--round-trip",
            paramLabel = "CODE,CODE=MS",
            description = "A round trip that was measured, in milliseconds; may be given several times. Others are"
                    + " estimated from the great circle.")
    private List<String> measured = List.of();

    @Option(names = "--json", description = "Prints JSON, for programs.")
    private boolean json;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    AdviseCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (region != null && database.isGiven() || region == null && replicaRegions != null) {
            throw new UsageException("Give a database, or a placement with --region and --replica-regions, not both.");
        }
        Workload load = Workload.parse(text());
        Advice advice;
        try (ManagedRedisClient client = api.client(shell)) {
            List<RegionInfo> regions = client.regions().list();
            PlacementAdviser adviser = PlacementAdviser.of(roundTrips(regions));
            Placement placement;
            String planName = plan;
            boolean prodPack = false;
            if (region != null) {
                placement = new Placement(region, replicaRegions == null ? List.of() : replicaRegions.regions());
            } else {
                Database found = database.find(client, new Prompts(shell));
                placement = Placement.of(found);
                planName = planName == null ? found.planName() : planName;
                prodPack = found.options().prodPack();
                adviser = adviser.routing(routing(found));
            }
            Optional<PriceBook> book = planName == null ? Optional.empty() : Prices.bookFor(planName);
            if (planName != null && book.isPresent()) {
                adviser = adviser.plan(planName, book.get(), prodPack);
            }
            advice = adviser.advise(load, placement, candidates.isEmpty() ? open(load, regions) : candidates);
        }
        if (json) {
            Json.print(shell.out(), AdviceJson.of(advice));
        } else {
            new AdviceReport(shell).print(advice, load);
        }
        return ExitCode.OK;
    }

    private String text() {
        try {
            return workload.toString().equals("-")
                    ? shell.in().lines().collect(Collectors.joining("\n"))
                    : Files.readString(workload);
        } catch (IOException unreadable) {
            throw new UsageException("The workload " + workload + " cannot be read ("
                    + unreadable.getClass().getSimpleName() + "); give --workload a file that can, or '-'.");
        }
    }

    private RoundTrips roundTrips(List<RegionInfo> regions) {
        RoundTrips roundTrips = RoundTrips.greatCircle(regions);
        for (String each : measured) {
            String[] parts = each.split("[,=]");
            try {
                roundTrips = roundTrips.with(
                        Region.of(parts[0]),
                        Region.of(parts[1]),
                        Duration.ofNanos(new BigDecimal(parts[2].strip())
                                .movePointRight(6)
                                .longValue()));
            } catch (ArrayIndexOutOfBoundsException | NumberFormatException malformed) {
                throw new UsageException(
                        "'" + each + "' is not a round trip: --round-trip takes one such as ams,mad=27.5");
            }
        }
        return roundTrips;
    }

    private static Routing routing(Database database) {
        Endpoints endpoints = database.endpoints();
        return endpoints == null ? Routing.BY_PLATFORM : endpoints.routing();
    }

    private static List<Region> open(Workload load, List<RegionInfo> regions) {
        return new RegionChoices(regions)
                .open().stream()
                        .map(Choice::value)
                        .filter(load.loads()::containsKey)
                        .toList();
    }
}
