package io.managedredis.internal.async;

import io.managedredis.error.DeadlineExceededException;
import io.managedredis.error.ErrorDetails;
import io.managedredis.event.CallEvent.CallInfo;
import io.managedredis.event.CallListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One call of a verb, from the caller's request to its end: what it is about, until when it may run, and whether the caller
 * still wants it. Safe for use by several threads.
 */
public final class Call {

    private final CallInfo info;
    private final Timing timing;
    private final CallListener listener;
    private final Duration timeout;
    private final long startedAt;
    private final AtomicInteger attempts = new AtomicInteger();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    Call(CallInfo info, Duration timeout, Timing timing, CallListener listener) {
        this.info = info;
        this.timing = timing;
        this.listener = listener;
        this.timeout = timeout;
        this.startedAt = timing.nanoTime();
    }

    /** What it is about. */
    public CallInfo info() {
        return info;
    }

    /** Is told what happens to it. */
    public CallListener listener() {
        return listener;
    }

    /** What an error says of this call. */
    public ErrorDetails details() {
        return ErrorDetails.of(info.operation(), info.database()).withAttempts(attempts.get());
    }

    /** Counts a request; the number of requests so far. */
    public int countAttempt() {
        return attempts.incrementAndGet();
    }

    /** The number of requests so far. */
    public int attempts() {
        return attempts.get();
    }

    /** Measures this call. */
    public Timing timing() {
        return timing;
    }

    /** How long it has taken. */
    public Duration elapsed() {
        return Duration.ofNanos(timing.nanoTime() - startedAt);
    }

    /** How long it may still take; zero or less when its time is over. */
    public Duration remaining() {
        return timeout.minus(elapsed());
    }

    /** Whether the call has ended, because the caller gave it up or otherwise. */
    public boolean isCancelled() {
        return cancelled.isDone();
    }

    void cancel() {
        cancelled.complete(null);
    }

    /** Gives the work up when the call ends, and at once when it has. */
    public <F extends CompletableFuture<?>> F cancelWithCall(F work) {
        if (!work.isDone()) {
            CompletableFuture<Void> link = cancelled.thenRun(() -> work.cancel(true));
            // Frees the link when the work ends, for a call may do much work.
            work.whenComplete((value, failure) -> link.cancel(false));
        }
        return work;
    }

    /** Waits, unless the call's time would be over before; then it fails with the cause at once. */
    public CompletableFuture<Void> pause(Duration delay, @Nullable Throwable cause) {
        if (delay.compareTo(remaining()) >= 0) {
            return CompletableFuture.failedFuture(deadlineExceeded(cause));
        }
        return cancelWithCall(timing.after(delay));
    }

    /** The error of a call whose time is over, or would be before it could go on. */
    public DeadlineExceededException deadlineExceeded(@Nullable Throwable cause) {
        String because = cause == null ? "" : "; the last failure was: " + cause.getMessage();
        return new DeadlineExceededException(
                "the call did not end within " + timeout + because + ". Give it more time, or try again later",
                details(),
                cause);
    }

    /** The failure itself, without the wrapping that futures add. */
    public static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof CompletionException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
