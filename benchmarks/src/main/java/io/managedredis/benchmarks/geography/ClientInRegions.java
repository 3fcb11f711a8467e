package io.managedredis.benchmarks.geography;

import io.lettuce.core.RedisFuture;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A program with one kind of client in each region. It answers {@code open STANDPOINT}; {@code latency REGION MILLIS} with the
 * microseconds that each read took, and after a bar each write; and {@code rate REGION READS_FOR_A_WRITE THREADS MILLIS} with
 * operations per second.
 */
public final class ClientInRegions {

    private static final int READS_A_SECOND = 500;
    private static final int READS_FOR_A_WRITE = 4;

    private final Contestant contestant;
    private final Map<String, Contestant.Connections> connections = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private ClientInRegions(Contestant contestant) {
        this.contestant = contestant;
    }

    /**
     * Answers until its input ends.
     *
     * @param args the kind of client
     */
    public static void main(String[] args) throws Exception {
        ClientInRegions client = new ClientInRegions(Contestant.valueOf(args[0]));
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(client.answer(line.split(" ")));
        }
        System.exit(0);
    }

    private String answer(String[] words) throws Exception {
        return switch (words[0]) {
            case "open" -> open(Standpoint.ofWord(words[1]));
            case "latency" -> latency(connection(words[1]), Long.parseLong(words[2]));
            default ->
                Double.toString(rate(
                        connection(words[1]),
                        Integer.parseInt(words[2]),
                        Integer.parseInt(words[3]),
                        Long.parseLong(words[4])));
        };
    }

    private Contestant.Connections connection(String region) {
        return Objects.requireNonNull(connections.get(region), region);
    }

    /** The error's first line, when this kind of client cannot be used there. */
    private String open(Standpoint from) {
        try {
            connections.put(from.region().code(), contestant.connect(from));
            return "open";
        } catch (RuntimeException cannot) {
            return String.valueOf(cannot.getMessage()).lines().findFirst().orElse("no reason given");
        }
    }

    /** Sends at a steady pace, whatever comes back, and measures from when each was due. */
    private String latency(Contestant.Connections connection, long millis)
            throws ExecutionException, InterruptedException {
        Queue<Long> reads = new ConcurrentLinkedQueue<>();
        Queue<Long> writes = new ConcurrentLinkedQueue<>();
        List<Future<?>> answers = new ArrayList<>();
        long start = System.nanoTime();
        int count = (int) Math.max(1, READS_A_SECOND * millis / 1000);
        for (int number = 0; number < count; number++) {
            long due = start + number * (TimeUnit.SECONDS.toNanos(1) / READS_A_SECOND);
            LockSupport.parkNanos(due - System.nanoTime());
            answers.add(timed(connection.reads().async().get(randomKey(random)), due, reads));
            if (number % READS_FOR_A_WRITE == 0) {
                answers.add(timed(connection.writes().async().set(randomKey(random), Keys.VALUE), due, writes));
            }
        }
        for (Future<?> answer : answers) {
            answer.get();
        }
        return words(reads) + "|" + words(writes);
    }

    private static Future<?> timed(RedisFuture<String> answer, long due, Queue<Long> times) {
        return answer.thenAccept(value -> {
                    Objects.requireNonNull(value, "no answer");
                    times.add((System.nanoTime() - due) / 1_000);
                })
                .toCompletableFuture();
    }

    private static String words(Queue<Long> times) {
        return times.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /** Threads that share the connection and each wait for the answer before they go on. */
    private double rate(Contestant.Connections connection, int readsForAWrite, int threadCount, long millis)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Callable<Double>> loops = new ArrayList<>();
        for (int thread = 0; thread < threadCount; thread++) {
            SplittableRandom own = random.split();
            // Threads are at different places of the same cycle, so that the mix is exact at any time.
            int offset = thread * (readsForAWrite + 1) / threadCount;
            loops.add(() -> loop(connection, readsForAWrite, offset, own, deadline, millis));
        }
        double sum = 0;
        for (Future<Double> done : threads.invokeAll(loops)) {
            sum += done.get();
        }
        return sum;
    }

    /**
     * Operations per second of one thread. It ends with a whole cycle of the mix: to end at any operation would be to end with
     * a slow one too often. Where a cycle takes longer than there is time, all operations are slow, and it ends with any.
     */
    private static double loop(
            Contestant.Connections connection,
            int readsForAWrite,
            int offset,
            SplittableRandom random,
            long deadline,
            long millis) {
        long start = System.nanoTime();
        long operations = 0;
        long now;
        do {
            String key = randomKey(random);
            boolean writes = (operations + offset) % (readsForAWrite + 1) == readsForAWrite;
            String answer = writes
                    ? connection.writes().sync().set(key, Keys.VALUE)
                    : connection.reads().sync().get(key);
            Objects.requireNonNull(answer, "no answer");
            operations++;
            now = System.nanoTime();
        } while (now < deadline
                || (operations % (readsForAWrite + 1) != 0
                        && (now - start) / operations * (readsForAWrite + 1) < TimeUnit.MILLISECONDS.toNanos(millis)));
        return operations * 1e9 / (now - start);
    }

    private static String randomKey(SplittableRandom random) {
        return Keys.name(random.nextInt(Keys.COUNT));
    }
}
