package io.managedredis.examples;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.RegionInfo;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.examples.quickstart.CommandReport;
import io.managedredis.examples.quickstart.DatabaseStatusText;
import io.managedredis.examples.quickstart.QuickstartOptions;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import io.managedredis.lettuce.error.AllEndpointsFailedException;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * From nothing to a region-aware connection: creates a database with a primary and a read region, connects as a program in the
 * read region, writes and reads, shows which region answered each command, and deletes the database.
 */
public final class Quickstart {

    private final QuickstartOptions options;
    private final PrintStream out;

    Quickstart(QuickstartOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs the quickstart; see {@code --help}. Ends with 0, with 1 when something failed, with 2 for a wrong option. */
    public static void main(String... arguments) {
        int status = run(List.of(arguments), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        QuickstartOptions options;
        try {
            options = QuickstartOptions.parse(arguments);
        } catch (IllegalArgumentException wrongOption) {
            err.println(wrongOption.getMessage());
            err.print(QuickstartOptions.USAGE);
            return 2;
        }
        if (options.help()) {
            out.print(QuickstartOptions.USAGE);
            return 0;
        }
        Quickstart quickstart = new Quickstart(options, out);
        try {
            if (options.real()) {
                quickstart.onProvider();
            } else {
                quickstart.onThisMachine();
            }
            return 0;
        } catch (ManagedRedisException failed) {
            err.println(failed.getMessage());
            return 1;
        }
    }

    private void onThisMachine() {
        Region local = Region.of("ams");
        DatabaseSpec spec = DatabaseSpec.named("quickstart")
                .primaryRegion("mad")
                .readRegions("ams")
                .build();
        try (LocalManagedRedis service = LocalManagedRedis.start();
                ManagedRedisClient client = service.client(Vantage.from(local))) {
            out.println("The managed service runs on this machine, at " + service.apiUri() + ".");
            createUseAndDelete(client, spec, local);
        }
    }

    private void onProvider() {
        try (ManagedRedisClient client = ManagedRedisClient.fromEnvironment()) {
            Region local = client.regions().nearest();
            DatabaseSpec.Builder spec = DatabaseSpec.unnamed()
                    .primaryRegion(openRegionAwayFrom(local, client.regions().list()));
            if (isOpen(local, client.regions().list())) {
                spec.readRegions(List.of(local));
            }
            if (options.organization() != null) {
                spec.organization(options.organization());
            }
            createUseAndDelete(client, spec.build(), local);
        }
    }

    private void createUseAndDelete(ManagedRedisClient client, DatabaseSpec spec, Region local) {
        Database created = client.databases().create(spec);
        try {
            Database database = client.databases().readiness(created.id()).await(Duration.ofMinutes(2));
            out.println();
            out.print(DatabaseStatusText.of(database));
            use(database, local);
        } finally {
            client.databases().delete(created.id());
            out.println();
            out.println("Your Redis database " + created.name() + " was deleted");
        }
    }

    private void use(Database database, Region local) {
        CommandReport report = new CommandReport(out);
        try (RegionalRedis redis = RegionalRedis.builder()
                .topology(TopologySource.of(database))
                .localRegion(local)
                .observer(report)
                .build()) {
            out.println();
            out.println("Connecting as a program in " + local + ".");
            writeAndRead(redis, report);
        } catch (AllEndpointsFailedException unreachable) {
            if (!options.real()) {
                throw unreachable;
            }
            out.println("The private address cannot be reached from here: " + unreachable.getMessage());
            out.println(
                    "It is open to programs inside the organization's private network only. Run this in an app of the"
                            + " organization, or join the network with WireGuard.");
        }
    }

    private void writeAndRead(RegionalRedis redis, CommandReport report) {
        try (RegionalConnection<String, String> connection = redis.connect()) {
            report.start("writes");
            for (int key = 1; key <= options.keys(); key++) {
                connection.sync().set("key:" + key, "value " + key);
            }
            report.finish();
            report.start("reads");
            for (int key = 1; key <= options.keys(); key++) {
                String value = connection.sync().get("key:" + key);
                if (!("value " + key).equals(value)) {
                    throw new IllegalStateException("key:" + key + " holds '" + value + "'");
                }
            }
            report.finish();
        }
    }

    private static Region openRegionAwayFrom(Region local, List<RegionInfo> regions) {
        return regions.stream()
                .map(RegionInfo::region)
                .filter(region -> !region.equals(local) && isOpen(region, regions))
                .findFirst()
                .orElse(local);
    }

    private static boolean isOpen(Region wanted, List<RegionInfo> regions) {
        return regions.stream()
                .anyMatch(region -> region.region().equals(wanted)
                        && !region.deprecated()
                        && !region.excluded()
                        && !region.requiresPaidPlan());
    }
}
