package io.managedredis;

import io.managedredis.internal.async.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only while somebody waits, and keeps every wait. */
final class VirtualTiming implements Timing {

    private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> delays = new CopyOnWriteArrayList<>();

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return BEGIN.plusNanos(nanos.get());
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
        delays.add(delay);
        advance(delay);
        return CompletableFuture.completedFuture(null);
    }

    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    /** Every wait so far, in milliseconds. */
    List<Long> delays() {
        return delays.stream().map(Duration::toMillis).toList();
    }
}
