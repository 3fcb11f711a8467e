package io.managedredis.benchmarks.management;

import io.managedredis.DatabaseFilter;
import io.managedredis.ManagedRedisClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A program that makes one kind of call, through the SDK or by hand, and says how long it took. */
public final class ManagementProgram {

    private static final int PAGE_SIZE = 100;
    private static final Duration LONG = Duration.ofMinutes(5);

    private ManagementProgram() {}

    /**
     * Makes the call and prints what came of it.
     *
     * @param args {@code ours}, {@code by-hand} or {@code by-hand-async}; {@code find}, {@code list}, {@code warm} or {@code warm-list}; the API's address
     */
    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        URI api = URI.create(args[2]);
        if (args[0].equals("ours")) {
            try (ManagedRedisClient client =
                    ManagedRedisClient.builder().baseUrl(api).token("token").build()) {
                ours(args[1], client, start);
            }
        } else {
            byHand(args[1], new ByHand(api, args[0].equals("by-hand-async")), start);
        }
    }

    private static void ours(String call, ManagedRedisClient client, long start) throws Exception {
        switch (call) {
            case "find" -> {
                String name = client.databases().find("sessions").orElseThrow().name();
                System.out.println(name + " " + (System.nanoTime() - start));
            }
            case "list" -> {
                long count = count(client);
                System.out.println(count + " " + (System.nanoTime() - start));
            }
            case "warm-list" -> answer(() -> count(client));
            default -> answer(() -> client.databases().find("sessions").orElseThrow());
        }
    }

    private static long count(ManagedRedisClient client) {
        return client.databases()
                .withTimeout(LONG)
                .list(DatabaseFilter.all().pageSize(PAGE_SIZE))
                .filter(database -> !database.readRegions().isEmpty())
                .count();
    }

    private static void byHand(String call, ByHand client, long start) throws Exception {
        switch (call) {
            case "find" -> {
                String name = client.find("sessions").name();
                System.out.println(name + " " + (System.nanoTime() - start));
            }
            case "list" -> {
                int count = client.count(PAGE_SIZE);
                System.out.println(count + " " + (System.nanoTime() - start));
            }
            case "warm-list" -> answer(() -> client.count(PAGE_SIZE));
            default -> answer(() -> client.find("sessions"));
        }
    }

    /** For each line, a number of calls, says how many nanoseconds one of them took. */
    private static void answer(Call call) throws Exception {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            int calls = Integer.parseInt(line);
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                call.make();
            }
            System.out.println((System.nanoTime() - start) / calls);
        }
    }

    @FunctionalInterface
    private interface Call {
        Object make() throws IOException, InterruptedException;
    }
}
