package io.managedredis.internal.async;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The passing of time, so that tests decide about it. Safe for use by several threads. */
public interface Timing {

    /** A steady clock for measuring, in nanoseconds. */
    long nanoTime();

    /** This machine's clock. */
    Instant now();

    /** A future that completes after the delay; cancelling it gives the delay up. */
    CompletableFuture<Void> after(Duration delay);
}
