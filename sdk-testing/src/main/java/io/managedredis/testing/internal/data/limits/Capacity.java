package io.managedredis.testing.internal.data.limits;

import io.managedredis.Eviction;
import io.managedredis.Limit;
import io.managedredis.testing.internal.data.command.Growth;
import io.managedredis.testing.internal.data.redis.RedisControl;
import io.managedredis.testing.internal.data.resp.Reply;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * The size of a database's data. Redis limits all memory of a server; the plan limits data, which is measured.
 *
 * <p>With eviction off, writes that could be the first too many wait for a measurement, and Redis is told to refuse writes
 * while the data is as large as allowed. With eviction on, Redis is told the limit and what it counts besides data, and evicts
 * keys with a time to live, at random. Where there are none it refuses; then {@link #overflow} lets it evict any key for as
 * long as the refused command takes. Thread safe.
 */
public final class Capacity {

    private static final byte[] REFUSED = "-OOM ".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern EXPIRING = Pattern.compile("expires=[1-9]");
    private static final Pattern MEMORY = Pattern.compile("(?i)[0-9]{1,18}([kmg]?b|[kmg])?");
    private static final Pattern NOTHING = Pattern.compile("0+\\D*");
    private static final long MEASURE_MILLIS = 5;
    private static final long TOLERANCE = 16 * 1024;

    /** What Redis is told so that it refuses every write that adds data. */
    private static final long NO_MORE = 1;

    /** What one argument takes in memory at most, besides its bytes. */
    private static final long PER_ARGUMENT = 256;

    /** More than can be written between two measurements. */
    private static final long NEAR = 64L << 20;

    private final RedisControl primary;
    private final EventLoop loop;
    private final DataSize size;
    private final AtomicLong sinceMeasured = new AtomicLong();
    private volatile long threshold = Long.MAX_VALUE;
    private volatile long largestRecord = Long.MAX_VALUE;
    private volatile boolean evicts;
    private volatile long usage;
    private volatile boolean measuring;
    private volatile boolean touched;

    /** Writes that the last measurement may have missed. */
    private volatile long beforeMeasured;

    /** What a client limits the memory to, as it put it; empty when none does. */
    private volatile String clientLimit = "";

    /** Whether Redis was told the client's limit, not one that follows from the plan. */
    private volatile boolean clientLimitHolds;

    private long told = -1;
    private int overflows;

    /** The capacity of a primary; the measuring happens on the event loop. */
    public Capacity(RedisControl primary, EventLoop loop) {
        this.primary = primary;
        this.loop = loop;
        this.size = new DataSize(primary);
    }

    /** Limits the data and each record to this, from now on. */
    public void change(Limit data, Limit record, Eviction eviction, Duration timeout) {
        threshold = value(data);
        largestRecord = value(record);
        evicts = eviction == Eviction.ENABLED;
        if (isLimited()) {
            primary.call(timeout, "CONFIG", "SET", "maxmemory-policy", policy());
        }
        measureNow(timeout);
    }

    private static long value(Limit limit) {
        return limit instanceof Limit.Of of ? of.value() : Long.MAX_VALUE;
    }

    /** Measures and returns the size of the data. */
    public long measureNow(Duration timeout) {
        CompletableFuture.supplyAsync(this::settle, loop)
                .thenCompose(measured -> measured)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return usage;
    }

    private String policy() {
        return evicts ? "volatile-random" : "noeviction";
    }

    /** Whether there is a limit of data. */
    public boolean isLimited() {
        return threshold != Long.MAX_VALUE;
    }

    /** Whether writes may have to be repeated, because Redis may refuse them though keys can be evicted. */
    public boolean mayOverflow() {
        return evicts && isLimited() && !clientLimitHolds && usage + NEAR > threshold;
    }

    /** Whether it matters how much a write adds. */
    public boolean isWatching() {
        return largestRecord != Long.MAX_VALUE || isLimited() && !evicts;
    }

    /** The largest record that is allowed. */
    public long largestRecord() {
        return largestRecord;
    }

    /** Notes a write before it is sent; whether the data may be too large for it, or have a record that is. */
    public boolean mayExceed(Growth growth, long bytes, int arguments) {
        boolean limited = isLimited() && !evicts;
        long adds = growth == Growth.UNKNOWN
                ? Math.min(threshold, largestRecord)
                : Math.min(bytes + PER_ARGUMENT * arguments, Long.MAX_VALUE >> 2);
        long most = usage + beforeMeasured + sinceMeasured.getAndAdd(adds);
        return limited && most >= threshold || most + adds >= largestRecord;
    }

    /** Measures; on completion Redis refuses what the limit does not allow. Called from any thread. */
    public CompletableFuture<Void> settled() {
        return CompletableFuture.supplyAsync(this::settle, loop).thenCompose(measured -> measured);
    }

    /** Something was written: where keys are evicted the size is measured again soon. */
    public void touched() {
        if (!isLimited() || !evicts) {
            return;
        }
        touched = true;
        if (!measuring) {
            measuring = true;
            loop.schedule(this::measureWhileTouched, MEASURE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void measureWhileTouched() {
        touched = false;
        take(size.rough())
                .whenComplete((done, failed) -> loop.schedule(
                        () -> {
                            measuring = false;
                            if (touched) {
                                touched();
                            }
                        },
                        MEASURE_MILLIS,
                        TimeUnit.MILLISECONDS));
    }

    private CompletableFuture<Void> settle() {
        return take(size.exact());
    }

    private CompletableFuture<Void> take(CompletableFuture<DataSize.Measured> measurement) {
        // Writes noted up to now may be under way still: they count until the measurement after this one.
        beforeMeasured = sinceMeasured.getAndSet(0);
        return measurement.thenComposeAsync(
                measured -> {
                    usage = measured.data();
                    long tell = limitFor(measured);
                    if (!clientLimit.isEmpty() && tell != NO_MORE) {
                        return tellClientLimit();
                    }
                    if (told < 0 && tell == 0 || tell == told || told > NO_MORE && Math.abs(tell - told) <= TOLERANCE) {
                        return CompletableFuture.completedFuture(null);
                    }
                    told = tell;
                    clientLimitHolds = false;
                    return primary.ask("CONFIG", "SET", "maxmemory", Long.toString(tell))
                            .thenApply(done -> null);
                },
                loop);
    }

    private CompletableFuture<Void> tellClientLimit() {
        if (clientLimitHolds) {
            return CompletableFuture.completedFuture(null);
        }
        clientLimitHolds = true;
        told = 0;
        return primary.ask("CONFIG", "SET", "maxmemory", clientLimit).thenApply(done -> null);
    }

    /** A client is about to limit the memory of Redis itself: what Redis refuses then is none of the plan's business. */
    public CompletableFuture<Void> limitedByClient(String limit) {
        return CompletableFuture.runAsync(
                () -> {
                    if (MEMORY.matcher(limit).matches()) {
                        clientLimit = NOTHING.matcher(limit).matches() ? "" : limit;
                        clientLimitHolds = !clientLimit.isEmpty();
                        told = 0;
                    }
                },
                loop);
    }

    private long limitFor(DataSize.Measured measured) {
        if (!isLimited()) {
            return 0;
        }
        if (evicts) {
            return threshold + measured.rest();
        }
        return measured.data() >= threshold ? NO_MORE : 0;
    }

    /** Lets Redis evict any key until {@link #overflowDone}. Completes when it does. */
    public CompletableFuture<Reply> overflow() {
        synchronized (this) {
            overflows++;
            return primary.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
        }
    }

    /** The same, unless there are keys with a time to live, which go first; tells whether it did. */
    public CompletableFuture<Boolean> overflowIfNothingExpires() {
        return primary.ask("INFO", "keyspace")
                .thenCompose(reply -> EXPIRING.matcher(reply.text()).find()
                        ? CompletableFuture.completedFuture(false)
                        : overflow().thenApply(done -> true));
    }

    /** The refused command has been repeated. */
    public void overflowDone() {
        synchronized (this) {
            if (--overflows == 0) {
                primary.ask("CONFIG", "SET", "maxmemory-policy", policy());
            }
        }
    }

    /** Whether this is how Redis refuses for want of memory. */
    public static boolean isRefusal(byte[] answer) {
        for (int i = 0; i < REFUSED.length; i++) {
            if (i >= answer.length || answer[i] != REFUSED[i]) {
                return false;
            }
        }
        return true;
    }

    /** The same error in the words of the service; other answers as they are. */
    public byte[] translate(byte[] answer) {
        if (!isLimited() || clientLimitHolds || !isRefusal(answer)) {
            return answer;
        }
        return ("-ERR DB capacity quota exceeded. Threshold: " + threshold + " bytes, Usage: "
                        + Math.max(threshold, usage) + " bytes.\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
