package io.managedredis.benchmarks.faults;

import io.lettuce.core.api.async.RedisAsyncCommands;
import io.managedredis.benchmarks.faults.Reader.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    private final List<Pace> paces = new ArrayList<>();
    private volatile boolean ending;

    /**
     * Begins to read.
     *
     * @param most for how long it lasts at most
     */
    static ReadLoad start(Map<Reader, Session> sessions, Duration most) {
        ReadLoad load = new ReadLoad();
        int reads = (int) (most.toSeconds() * READS_A_SECOND);
        sessions.forEach((reader, session) ->
                load.paces.add(load.new Pace(reader, session.connection().async(), reads)));
        load.paces.forEach(pace -> pace.thread.start());
        return load;
    }

    /** One reader's reads. A thread for each, so that a reader that blocks the caller keeps no other waiting. */
    private final class Pace {

        private final Reader reader;
        private final RedisAsyncCommands<String, String> commands;
        private final AtomicLongArray nanos;
        private final Thread thread;
        private volatile int sent;

        Pace(Reader reader, RedisAsyncCommands<String, String> commands, int reads) {
            this.reader = reader;
            this.commands = commands;
            this.nanos = new AtomicLongArray(reads);
            this.thread = new Thread(this::run, "reads of " + reader.label());
        }

        private void run() {
            long start = System.nanoTime();
            for (int number = 0; number < nanos.length() && !ending; number++) {
                long due = start + number * (TimeUnit.SECONDS.toNanos(1) / READS_A_SECOND);
                LockSupport.parkNanos(due - System.nanoTime());
                read(number, due);
                sent = number + 1;
            }
        }

        private void read(int number, long due) {
            try {
                reader.read(commands, "key:" + number % KEYS)
                        .whenComplete((value, failure) ->
                                nanos.set(number, failure == null ? Math.max(1, System.nanoTime() - due) : FAILED));
            } catch (RuntimeException refused) {
                nanos.set(number, FAILED);
            }
        }

        private Outcome outcome() {
            List<Double> millis = new ArrayList<>();
            long failed = 0;
            for (int number = 0; number < sent; number++) {
                long time = nanos.get(number);
                boolean inTime = time > 0 && time <= TIMEOUT.toNanos();
                failed += inTime ? 0 : 1;
                // A refusal that came at once has kept nobody waiting.
                if (time != FAILED) {
                    millis.add((inTime ? time : TIMEOUT.toNanos()) / 1e6);
                }
            }
            return new Outcome(failed, millis);
        }
    }

    /** Ends, and says how long each reader's reads took and how many failed. */
    Map<Reader, Outcome> end() throws InterruptedException {
        ending = true;
        for (Pace pace : paces) {
            pace.thread.join();
        }
        TimeUnit.NANOSECONDS.sleep(TIMEOUT.toNanos());
        Map<Reader, Outcome> outcomes = new EnumMap<>(Reader.class);
        paces.forEach(pace -> outcomes.put(pace.reader, pace.outcome()));
        return outcomes;
    }

    /**
     * How one reader did.
     *
     * @param failed reads without an answer in time
     * @param millis how long the others took, and those that waited in vain
     */
    record Outcome(long failed, List<Double> millis) {}
}
