package io.managedredis.benchmarks.endtoend;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A program that puts load on one client and tells its operations per second and the processor time of each, in
 * microseconds. A load a line, until its input ends.
 */
public final class LoadWorker {

    private static final int KEYS = 10_000;
    private static final String VALUE = "v".repeat(100);

    private final ClientUnderTest client;
    private final ExecutorService threads = Executors.newFixedThreadPool(Load.MOST_THREADS);

    private LoadWorker(ClientUnderTest client) {
        this.client = client;
    }

    /**
     * Answers until the input ends.
     *
     * @param args the contestant, the port of the primary and that of the replica
     */
    public static void main(String[] args) throws Exception {
        int primaryPort = Integer.parseInt(args[1]);
        int replicaPort = Integer.parseInt(args[2]);
        try (ClientUnderTest client = Contestant.valueOf(args[0]).open(primaryPort, replicaPort, Load.MOST_THREADS)) {
            new LoadWorker(client).answer();
        }
        // Some clients leave threads that are no daemons.
        System.exit(0);
    }

    /** Gives every key a value. */
    static void fill(ClientUnderTest client) throws Exception {
        List<Operation> writes = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            writes.add(new Operation(true, key(key), VALUE));
        }
        client.performPipelined(writes);
    }

    private void answer() throws IOException, InterruptedException, ExecutionException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ");
            System.out.println(run(Load.ofLine(words), Long.parseLong(words[3])));
        }
    }

    private String run(Load load, long millis) throws InterruptedException, ExecutionException {
        long processorStart = processorNanos();
        long start = System.nanoTime();
        long deadline = start + millis * 1_000_000;
        List<Callable<Long>> loops = new ArrayList<>();
        for (int thread = 0; thread < load.threads(); thread++) {
            SplittableRandom random = new SplittableRandom(start + thread);
            loops.add(() -> loop(load, random, deadline));
        }
        long operations = 0;
        for (Future<Long> done : threads.invokeAll(loops)) {
            operations += done.get();
        }
        double perSecond = operations * 1e9 / (System.nanoTime() - start);
        return perSecond + " " + (processorNanos() - processorStart) / 1e3 / operations;
    }

    /** What this process has used, which other programs on the machine disturb far less than they do its speed. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private long loop(Load load, SplittableRandom random, long deadline) throws Exception {
        long operations = 0;
        List<Operation> batch = new ArrayList<>(Load.PIPELINE);
        // At least once, however late the thread comes to run.
        do {
            if (load.isPipelined()) {
                batch.clear();
                for (int i = 0; i < Load.PIPELINE; i++) {
                    batch.add(operation(load, random));
                }
                client.performPipelined(batch);
                operations += Load.PIPELINE;
            } else {
                client.perform(operation(load, random));
                operations++;
            }
        } while (System.nanoTime() < deadline);
        return operations;
    }

    private static Operation operation(Load load, SplittableRandom random) {
        return new Operation(random.nextInt(100) < load.writesInHundred(), key(random.nextInt(KEYS)), VALUE);
    }

    private static String key(int number) {
        return "user:" + number;
    }
}
