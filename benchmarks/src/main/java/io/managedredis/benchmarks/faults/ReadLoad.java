package io.managedredis.benchmarks.faults;

import io.lettuce.core.api.async.RedisAsyncCommands;
import io.managedredis.benchmarks.faults.Reader.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * All readers read at the same time and at the same steady pace, whatever comes back. A read that has no answer in time has
 * failed, as it would have for a caller that waits.
 */
final class ReadLoad {

    static final int READS_A_SECOND = 1_000;
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final int KEYS = 1_000;
    private static final long FAILED = -1;

    private final Map<Reader, RedisAsyncCommands<String, String>> readers = new EnumMap<>(Reader.class);
    private final Map<Reader, AtomicLongArray> nanos = new EnumMap<>(Reader.class);
    private final AtomicLong sent = new AtomicLong();
    private final Thread thread = new Thread(this::run, "reads");
    private volatile boolean ending;

    /**
     * Begins to read.
     *
     * @param most for how long it lasts at most
     */
    static ReadLoad start(Map<Reader, Session> sessions, Duration most) {
        ReadLoad load = new ReadLoad();
        int reads = (int) (most.toSeconds() * READS_A_SECOND);
        sessions.forEach((reader, session) -> {
            load.readers.put(reader, session.connection().async());
            load.nanos.put(reader, new AtomicLongArray(reads));
        });
        load.thread.start();
        return load;
    }

    private void run() {
        long start = System.nanoTime();
        int most = nanos.values().iterator().next().length();
        for (int number = 0; number < most && !ending; number++) {
            long due = start + number * (TimeUnit.SECONDS.toNanos(1) / READS_A_SECOND);
            LockSupport.parkNanos(due - System.nanoTime());
            for (Map.Entry<Reader, RedisAsyncCommands<String, String>> reader : readers.entrySet()) {
                read(reader.getKey(), reader.getValue(), number, due);
            }
            sent.set(number + 1);
        }
    }

    private void read(Reader reader, RedisAsyncCommands<String, String> commands, int number, long due) {
        AtomicLongArray times = Objects.requireNonNull(nanos.get(reader));
        try {
            reader.read(commands, "key:" + number % KEYS)
                    .whenComplete((value, failure) ->
                            times.set(number, failure == null ? Math.max(1, System.nanoTime() - due) : FAILED));
        } catch (RuntimeException refused) {
            times.set(number, FAILED);
        }
    }

    /** Ends, and says how long each reader's reads took and how many failed. */
    Map<Reader, Outcome> end() throws InterruptedException {
        ending = true;
        thread.join();
        TimeUnit.NANOSECONDS.sleep(TIMEOUT.toNanos());
        Map<Reader, Outcome> outcomes = new EnumMap<>(Reader.class);
        nanos.forEach((reader, times) -> outcomes.put(reader, outcome(times)));
        return outcomes;
    }

    private Outcome outcome(AtomicLongArray times) {
        List<Double> millis = new ArrayList<>();
        long failed = 0;
        for (int number = 0; number < sent.get(); number++) {
            long time = times.get(number);
            boolean inTime = time > 0 && time <= TIMEOUT.toNanos();
            failed += inTime ? 0 : 1;
            // A refusal that came at once has kept nobody waiting.
            if (time != FAILED) {
                millis.add((inTime ? time : TIMEOUT.toNanos()) / 1e6);
            }
        }
        return new Outcome(failed, millis);
    }

    /**
     * How one reader did.
     *
     * @param failed reads without an answer in time
     * @param millis how long the others took, and those that waited in vain
     */
    record Outcome(long failed, List<Double> millis) {}
}
