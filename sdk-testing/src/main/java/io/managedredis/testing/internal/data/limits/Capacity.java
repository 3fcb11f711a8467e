package io.managedredis.testing.internal.data.limits;

import io.managedredis.Eviction;
import io.managedredis.Limit;
import io.managedredis.testing.internal.data.redis.RedisControl;
import io.managedredis.testing.internal.data.resp.Reply;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The size of a database's data. Redis limits all memory of a server; the plan limits data. So what is not data, such as
 * the server itself, connections and replication buffers, is measured and added to what Redis is told.
 *
 * <p>No policy of Redis is the documented eviction. With eviction on, Redis evicts keys with a time to live, at random.
 * Where there are none it refuses; then {@link #overflow} lets it evict any key for as long as the refused command takes.
 * Thread safe.
 */
public final class Capacity {

    private static final byte[] REFUSED = "-OOM ".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern EXPIRING = Pattern.compile("expires=[1-9]");
    private static final long MEASURE_MILLIS = 5;
    private static final long TOLERANCE = 16 * 1024;

    /** More than can be written between two measurements. */
    private static final long NEAR = 64L << 20;

    private final RedisControl primary;
    private final EventLoop loop;
    private volatile long threshold = Long.MAX_VALUE;
    private volatile boolean evicts;
    private volatile long usage;
    private volatile boolean measuring;
    private volatile boolean touched;
    private long told = -1;
    private int overflows;

    /** The capacity of a primary; the measuring happens on the event loop. */
    public Capacity(RedisControl primary, EventLoop loop) {
        this.primary = primary;
        this.loop = loop;
    }

    /** Limits the data to this, from now on. */
    public void change(Limit limit, Eviction eviction, Duration timeout) {
        threshold = limit instanceof Limit.Of of ? of.value() : Long.MAX_VALUE;
        evicts = eviction == Eviction.ENABLED;
        if (isLimited()) {
            primary.call(timeout, "CONFIG", "SET", "maxmemory-policy", policy());
        }
        measureNow(timeout);
    }

    /** Measures and returns the size of the data. */
    public long measureNow(Duration timeout) {
        CompletableFuture.supplyAsync(this::measure, loop)
                .thenCompose(measured -> measured)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return usage;
    }

    private String policy() {
        return evicts ? "volatile-random" : "noeviction";
    }

    /** Whether there is a limit. */
    public boolean isLimited() {
        return threshold != Long.MAX_VALUE;
    }

    /** Whether writes may have to be repeated, because Redis may refuse them though keys can be evicted. */
    public boolean mayOverflow() {
        return evicts && isLimited() && usage + NEAR > threshold;
    }

    /** Something was written: the size is measured again soon. */
    public void touched() {
        if (!isLimited()) {
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
        measure()
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

    private CompletionStage<Void> measure() {
        return primary.ask("INFO", "memory")
                .thenComposeAsync(
                        reply -> {
                            String info = reply.text();
                            long used = field(info, "used_memory:");
                            long others = field(info, "used_memory_startup:")
                                    + field(info, "mem_clients_normal:")
                                    + field(info, "mem_clients_slaves:")
                                    + field(info, "mem_total_replication_buffers:");
                            usage = Math.max(0, used - others);
                            long counted = used - field(info, "mem_not_counted_for_evict:");
                            long tell = isLimited() ? threshold + Math.max(0, counted - usage) : 0;
                            if (told < 0 && tell == 0 || Math.abs(tell - told) <= TOLERANCE) {
                                return CompletableFuture.completedFuture(null);
                            }
                            told = tell;
                            return primary.ask("CONFIG", "SET", "maxmemory", Long.toString(tell))
                                    .thenApply(done -> null);
                        },
                        loop);
    }

    private static long field(String info, String name) {
        int at = info.indexOf("\n" + name);
        if (at < 0) {
            return 0;
        }
        int from = at + 1 + name.length();
        return Long.parseLong(info.substring(from, info.indexOf('\r', from)));
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
        if (!isLimited() || !isRefusal(answer)) {
            return answer;
        }
        return ("-ERR DB capacity quota exceeded. Threshold: " + threshold + " bytes, Usage: "
                        + Math.max(threshold, usage) + " bytes.\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
