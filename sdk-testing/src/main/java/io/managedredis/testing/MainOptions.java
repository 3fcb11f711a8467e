package io.managedredis.testing;

import io.managedredis.DatabaseSpec;
import io.managedredis.Routing;
import io.managedredis.error.InvalidRequestException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What the program was told on its command line.
 *
 * @param help whether only the help is wanted
 * @param service the service to start
 * @param databases what to create at the start
 */
record MainOptions(boolean help, LocalManagedRedis.Builder service, List<DatabaseSpec> databases) {

    static final String HELP = """
            Runs the managed Redis service on this machine until it is stopped (Ctrl-C), and prints the
            addresses and tokens to use.

              --organizations A,B        organizations, each with a token of its own; default: personal
              --database NAME=REGIONS    creates a database at the start: the primary region first, then read
                                         regions, separated by commas; may be given several times
              --routing SHAPE            by-region: an address for each region (default);
                                         by-platform: the single address only
              --face FACE                managed: what the managed service offers (default);
                                         redis: every command of Redis
              --distances KIND           great-circle: as far as on the map (default); none
              --exclude-regions A,B      regions in which no database can be
              --bind ADDRESS             where to listen; default: 127.0.0.1
              --api-port PORT            the port of the API; default: any free one
              --no-page                  without the page for people on the API's port
              --redis FILE               the Redis server to run; default: the bundled one, else from PATH
              --help                     prints this
            """;

    static MainOptions parse(List<String> arguments) {
        LocalManagedRedis.Builder service = LocalManagedRedis.builder();
        List<DatabaseSpec> databases = new ArrayList<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.pop();
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (option.equals("--help") || option.equals("-h")) {
                return new MainOptions(true, service, List.of());
            }
            if (equals >= 0) {
                rest.push(argument.substring(equals + 1));
            }
            switch (option) {
                case "--organizations" -> service.organizations(list(option, rest));
                case "--database" -> databases.add(database(value(option, rest)));
                case "--routing" -> service.routing(routing(value(option, rest)));
                case "--face" -> service.face(face(value(option, rest)));
                case "--distances" -> service.distances(distances(value(option, rest)));
                case "--exclude-regions" -> service.excludedRegions(list(option, rest));
                case "--bind" -> service.bindAddress(address(value(option, rest)));
                case "--api-port" -> service.apiPort(port(value(option, rest)));
                case "--redis" -> service.redisBinary(path(value(option, rest)));
                case "--no-page" -> service.page(false);
                default ->
                    throw new InvalidRequestException("option", "there is no option '" + argument + "'", "see --help");
            }
        }
        return new MainOptions(false, service, databases);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty() || rest.peek().isBlank()) {
            throw new InvalidRequestException(option, "the option " + option + " has no value", "see --help");
        }
        return rest.pop();
    }

    private static String[] list(String option, Deque<String> rest) {
        return value(option, rest).split(",");
    }

    private static DatabaseSpec database(String text) {
        int equals = text.indexOf('=');
        String[] regions = text.substring(equals + 1).split(",");
        if (equals < 0 || regions[0].isBlank()) {
            throw new InvalidRequestException(
                    "--database",
                    "'" + text + "' does not say which regions",
                    "NAME=PRIMARY or NAME=PRIMARY,READ,READ");
        }
        String[] reads = new String[regions.length - 1];
        System.arraycopy(regions, 1, reads, 0, reads.length);
        return DatabaseSpec.named(text.substring(0, equals))
                .primaryRegion(regions[0])
                .readRegions(reads)
                .build();
    }

    private static Routing routing(String text) {
        return switch (text) {
            case "by-region" -> Routing.BY_REGION;
            case "by-platform" -> Routing.BY_PLATFORM;
            default -> throw unknown("--routing", text, "by-region, by-platform");
        };
    }

    private static Face face(String text) {
        return switch (text) {
            case "managed" -> Face.MANAGED;
            case "redis" -> Face.REDIS;
            default -> throw unknown("--face", text, "managed, redis");
        };
    }

    private static Distances distances(String text) {
        return switch (text) {
            case "great-circle" -> Distances.greatCircle();
            case "none" -> Distances.none();
            default -> throw unknown("--distances", text, "great-circle, none");
        };
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException unknown) {
            throw unknown("--bind", text, "an address of this machine, such as 127.0.0.1");
        }
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw unknown("--api-port", text, "0 to 65535");
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw unknown("--redis", text, "the path of a Redis server");
        }
    }

    private static InvalidRequestException unknown(String option, String text, String allowed) {
        return new InvalidRequestException(option, "'" + text + "' is not possible for " + option, allowed);
    }
}
