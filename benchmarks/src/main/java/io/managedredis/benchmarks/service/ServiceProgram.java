package io.managedredis.benchmarks.service;

import io.lettuce.core.resource.ClientResources;
import io.managedredis.Database;
import io.managedredis.DatabaseFilter;
import io.managedredis.DatabaseSpec;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.benchmarks.stats.Samples;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import io.managedredis.testing.Distances;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * A program that starts databases and says how long it took, a line for a line: {@code service}, or a
 * number of databases to have at once; {@code regions N} for a database with N read regions; {@code api} for the
 * address and the token of its API; {@code clear} to delete all databases.
 */
public final class ServiceProgram {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int STARTING_AT_ONCE = 4;
    private static final int PAGE_BYTES = 4096;
    private static final int LISTS = 21;

    private static final List<String> READ_REGIONS = List.of("ams", "nrt", "sin", "iad", "gru", "syd", "fra", "lhr");

    private final LocalManagedRedis service;
    private final ClientResources resources = ClientResources.create();
    private int made;

    private ServiceProgram(LocalManagedRedis service) {
        this.service = service;
    }

    /** Answers until the input ends. */
    public static void main(String[] args) throws Exception {
        try (LocalManagedRedis service =
                LocalManagedRedis.builder().distances(Distances.none()).start()) {
            ServiceProgram program = new ServiceProgram(service);
            BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                System.out.println(program.answer(line));
            }
        }
        System.exit(0);
    }

    private String answer(String question) throws Exception {
        return switch (question) {
            case "service" -> Double.toString(service());
            case "api" ->
                service.apiUri() + " " + service.token().reveal() + " "
                        + service.organizations().get(0);
            case "clear" -> clear();
            default ->
                question.startsWith("regions ")
                        ? withRegions(Integer.parseInt(question.substring("regions ".length())))
                        : many(Integer.parseInt(question));
        };
    }

    private String clear() {
        service.databases().forEach(database -> service.delete(database.id()));
        return "clear";
    }

    /** Milliseconds until a database with this many read regions was there, and until a connection to it was. */
    private String withRegions(int count) {
        DatabaseSpec spec = DatabaseSpec.named("regions-" + ++made)
                .organization(service.organizations().get(0))
                .primaryRegion("mad")
                .readRegions(READ_REGIONS.subList(0, count).toArray(String[]::new))
                .build();
        long start = System.nanoTime();
        Database database = service.create(spec);
        long created = System.nanoTime();
        try (RegionalRedis redis = RegionalRedis.builder()
                        .topology(TopologySource.of(service.endpoints(database, Vantage.beside())))
                        .localRegion(Region.of(READ_REGIONS.get(0)))
                        .clientResources(resources)
                        .build();
                RegionalConnection<String, String> connection = redis.connect()) {
            connection.sync().get("any");
            return (created - start) / NANOS_PER_MILLI + " " + (System.nanoTime() - created) / NANOS_PER_MILLI;
        } finally {
            service.delete(database.id());
        }
    }

    /** A database with a synchronised replica. */
    private double service() {
        long start = System.nanoTime();
        Database database = create();
        double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
        service.delete(database.id());
        return millis;
    }

    private synchronized DatabaseSpec next() {
        made++;
        return DatabaseSpec.named("benchmark-" + made)
                .organization(service.organizations().get(0))
                .primaryRegion("mad")
                .readRegions("ams")
                .build();
    }

    private Database create() {
        return service.create(next());
    }

    /** Milliseconds until this many databases were there, and the megabytes that all processes of theirs use. */
    private String many(int count) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(STARTING_AT_ONCE);
        try {
            List<Callable<Database>> creations = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                creations.add(this::create);
            }
            long start = System.nanoTime();
            List<Database> databases = new ArrayList<>();
            for (Future<Database> created : threads.invokeAll(creations)) {
                databases.add(created.get());
            }
            double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
            double megabytes = residentBytes() / (double) (1 << 20);
            double listMillis = listMillis(count);
            databases.forEach(database -> service.delete(database.id()));
            return millis + " " + megabytes + " " + listMillis;
        } finally {
            threads.shutdown();
        }
    }

    /** How long it takes to list all databases over the API, in the median of a few times. */
    private double listMillis(int count) {
        try (ManagedRedisClient client = service.client()) {
            List<Double> times = new ArrayList<>();
            for (int time = 0; time < LISTS; time++) {
                long start = System.nanoTime();
                long found = client.databases().list(DatabaseFilter.all()).count();
                if (found < count) {
                    throw new IllegalStateException("listed " + found + " of " + count + " databases");
                }
                times.add((System.nanoTime() - start) / NANOS_PER_MILLI);
            }
            return Samples.of(times).median();
        }
    }

    /** What this process and all that it started have in memory; zero where the system does not tell. */
    private static long residentBytes() {
        ProcessHandle self = ProcessHandle.current();
        return LongStream.concat(LongStream.of(self.pid()), self.descendants().mapToLong(ProcessHandle::pid))
                .map(ServiceProgram::residentBytes)
                .sum();
    }

    private static long residentBytes(long pid) {
        Path pages = Path.of("/proc", Long.toString(pid), "statm");
        try {
            return Files.exists(pages) ? Long.parseLong(Files.readString(pages).split(" ")[1]) * PAGE_BYTES : 0;
        } catch (IOException ended) {
            return 0;
        }
    }
}
