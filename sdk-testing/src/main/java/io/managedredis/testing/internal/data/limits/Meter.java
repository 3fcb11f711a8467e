package io.managedredis.testing.internal.data.limits;

import io.managedredis.Limit;
import io.managedredis.testing.internal.PlanLimits;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what the clients of one database do, and says what its plan does not allow. Thread safe. */
public final class Meter {

    /** The longest key, on every plan of the managed service. */
    public static final int LARGEST_KEY = 32 * 1024;

    private static final String SEE = " See https://docs.upstash.com/redis for details";
    private static final long MILLIS_OF_DAY = 86_400_000;
    private static final long NANOS_OF_SECOND = 1_000_000_000;

    /** Commands may come this much before their time, so that a pipeline is not taken apart. */
    private static final long BURST_NANOS = NANOS_OF_SECOND / 10;

    private final Clock clock;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong nextCommandAt = new AtomicLong(System.nanoTime());
    private volatile Rules rules;
    private volatile Day day;

    /** The limits as numbers; {@link Long#MAX_VALUE} for none. */
    private record Rules(
            long connections,
            long commandNanos,
            long dailyCommands,
            long dailyBytes,
            long requestBytes,
            long recordBytes) {}

    private record Day(long number, LongAdder commands, LongAdder bytes) {}

    /** A meter for a plan; days are those of the clock, in UTC. */
    public Meter(PlanLimits limits, Clock clock) {
        this.clock = clock;
        this.rules = rules(limits);
        this.day = new Day(clock.millis() / MILLIS_OF_DAY, new LongAdder(), new LongAdder());
    }

    /** Goes on by another plan; what was counted today stays counted. */
    public void change(PlanLimits limits) {
        rules = rules(limits);
    }

    private static Rules rules(PlanLimits limits) {
        long commandsPerSecond = value(limits.commandsPerSecond());
        return new Rules(
                value(limits.connections()),
                commandsPerSecond == Long.MAX_VALUE ? 0 : NANOS_OF_SECOND / Math.max(1, commandsPerSecond),
                value(limits.dailyCommands()),
                value(limits.dailyBandwidthBytes()),
                value(limits.requestBytes()),
                value(limits.recordBytes()));
    }

    private static long value(Limit limit) {
        return limit instanceof Limit.Of of ? of.value() : Long.MAX_VALUE;
    }

    /** Counts a new connection, which must be given back in either case; the error to answer when it is one too many. */
    public @Nullable String connected() {
        return connections.incrementAndGet() > rules.connections() ? "ERR max concurrent connections exceeded" : null;
    }

    /** A connection ended. */
    public void disconnected() {
        connections.decrementAndGet();
    }

    /** How long the next command has to wait for its turn. Each call takes one turn. */
    public long nanosToTurn() {
        long interval = rules.commandNanos();
        if (interval == 0) {
            return 0;
        }
        long now = System.nanoTime();
        while (true) {
            long before = nextCommandAt.get();
            long turn = before - (now - BURST_NANOS) > 0 ? before : now - BURST_NANOS;
            if (nextCommandAt.compareAndSet(before, turn + interval)) {
                return Math.max(0, turn - now);
            }
        }
    }

    /** Counts a command; the error to answer when it is one too many today. */
    public @Nullable String command() {
        Day today = today();
        today.commands().increment();
        long allowed = rules.dailyCommands();
        if (allowed == Long.MAX_VALUE) {
            return null;
        }
        long used = today.commands().sum();
        return used > allowed
                ? "ERR max daily request limit exceeded. Limit: " + allowed + ", Usage: " + used + "." + SEE
                : null;
    }

    /** Counts bytes in or out. */
    public void transferred(int bytes) {
        today().bytes().add(bytes);
    }

    /** Whether so much went in and out today that nothing more may. */
    public boolean isBandwidthUsedUp() {
        long allowed = rules.dailyBytes();
        return allowed != Long.MAX_VALUE && today().bytes().sum() >= allowed;
    }

    /** The size from which on requests and answers are refused. */
    public long largestRequest() {
        return rules.requestBytes();
    }

    /** The error for a request or an answer of this size. */
    public String requestTooLarge(long bytes) {
        return "ERR max request size exceeded. Limit: " + rules.requestBytes() + " bytes, Actual: " + bytes + " bytes."
                + SEE;
    }

    /** The error for an argument of this size, if it is one. */
    public @Nullable String argument(long bytes, boolean key, boolean keysLimited) {
        if (key && keysLimited && bytes > LARGEST_KEY) {
            return "ERR max key size exceeded. Limit: " + LARGEST_KEY + " bytes, Actual: " + bytes + " bytes";
        }
        return bytes > rules.recordBytes() ? "ERR max single record size exceeded" : null;
    }

    /** No request up to this size, and no argument of one, is too large. */
    public long smallestLimit() {
        return Math.min(rules.requestBytes(), rules.recordBytes());
    }

    /** Whether the sizes of requests matter. */
    public boolean limitsSizes() {
        return rules.requestBytes() != Long.MAX_VALUE || rules.recordBytes() != Long.MAX_VALUE;
    }

    /** How many connections there are. */
    public int connections() {
        return connections.get();
    }

    /** How many commands were counted today. */
    public long commandsToday() {
        return today().commands().sum();
    }

    /** How many bytes went in and out today. */
    public long bytesToday() {
        return today().bytes().sum();
    }

    private Day today() {
        long number = clock.millis() / MILLIS_OF_DAY;
        Day current = day;
        if (current.number() == number) {
            return current;
        }
        synchronized (this) {
            if (day.number() != number) {
                day = new Day(number, new LongAdder(), new LongAdder());
            }
            return day;
        }
    }
}
