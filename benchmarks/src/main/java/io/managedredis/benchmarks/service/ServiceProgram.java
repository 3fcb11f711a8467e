package io.managedredis.benchmarks.service;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.testing.Distances;
import io.managedredis.testing.LocalManagedRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import redis.embedded.RedisServer;

/**
 * A program that starts databases and says how long it took, a line for a line: {@code service}, {@code embedded}, or a
 * number of databases to have at once.
 */
public final class ServiceProgram {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int STARTING_AT_ONCE = 4;
    private static final int PAGE_BYTES = 4096;

    private final LocalManagedRedis service;
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
            case "embedded" -> Double.toString(embedded());
            default -> many(Integer.parseInt(question));
        };
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

    /** One server without a replica, by a library for tests. */
    private static double embedded() throws IOException {
        int port = freePort();
        long start = System.nanoTime();
        RedisServer server = RedisServer.builder()
                .port(port)
                .setting("save \"\"")
                .setting("bind 127.0.0.1")
                .build();
        server.start();
        double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
        server.stop();
        return millis;
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
            databases.forEach(database -> service.delete(database.id()));
            return millis + " " + megabytes;
        } finally {
            threads.shutdown();
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

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
