package io.managedredis.internal.async;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Real time. Delays run on the timer thread that the JDK shares, so that a client has no thread of its own to leak. */
public final class SystemTiming implements Timing {

    private final Executor executor;

    /** Delays whose dependents run on the executor. */
    public SystemTiming(Executor executor) {
        this.executor = executor;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public CompletableFuture<Void> after(Duration delay) {
        CompletableFuture<Void> elapsed = new CompletableFuture<>();
        elapsed.completeOnTimeout(null, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> result = elapsed.thenRunAsync(() -> {}, executor);
        // Gives the timer back when the delay is given up.
        result.whenComplete((value, failure) -> elapsed.cancel(false));
        return result;
    }
}
