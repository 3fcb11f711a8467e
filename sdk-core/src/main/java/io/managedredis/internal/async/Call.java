package io.managedredis.internal.async;

import io.managedredis.error.DeadlineExceededException;
import io.managedredis.error.ErrorDetails;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of a verb, from the caller's request to its end: what it is about, until when it may run, and whether the caller
 * still wants it. Safe for use by several threads.
 */
public final class Call {

    private final String operation;
    private final @Nullable String database;
    private final Timing timing;
    private final Duration timeout;
    private final long startedAt;
    private final AtomicInteger attempts = new AtomicInteger();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    private Call(String operation, @Nullable String database, Duration timeout, Timing timing) {
        this.operation = operation;
        this.database = database;
        this.timing = timing;
        this.timeout = timeout;
        this.startedAt = timing.nanoTime();
    }

    /**
     * Runs a verb.
     *
     * @param operation the verb
     * @param database the name or identifier that it is about, or null
     * @param timeout how long all of it may take
     * @param timing measures it
     * @param body the verb's work; its future is given up when the caller cancels the result
     */
    public static <T> CompletableFuture<T> start(
            String operation,
            @Nullable String database,
            Duration timeout,
            Timing timing,
            Function<Call, ? extends CompletionStage<T>> body) {
        Call call = new Call(operation, database, timeout, timing);
        CompletableFuture<T> result = new CompletableFuture<>();
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                call.cancelled.complete(null);
            }
        });
        CompletionStage<T> work;
        try {
            work = body.apply(call);
        } catch (RuntimeException failure) {
            work = CompletableFuture.failedFuture(failure);
        }
        work.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(unwrap(failure));
            }
        });
        return result;
    }

    /** The verb. */
    public String operation() {
        return operation;
    }

    /** The name or identifier of the database that it is about, or null. */
    public @Nullable String database() {
        return database;
    }

    /** What an error says of this call. */
    public ErrorDetails details() {
        return ErrorDetails.of(operation, database).withAttempts(attempts.get());
    }

    /** Counts a request; the number of requests so far. */
    public int countAttempt() {
        return attempts.incrementAndGet();
    }

    /** Measures this call. */
    public Timing timing() {
        return timing;
    }

    /** How long all of it may take. */
    public Duration timeout() {
        return timeout;
    }

    /** How long it has taken. */
    public Duration elapsed() {
        return Duration.ofNanos(timing.nanoTime() - startedAt);
    }

    /** How long it may still take; zero or less when its time is over. */
    public Duration remaining() {
        return timeout.minus(elapsed());
    }

    /** Whether the caller has given the call up. */
    public boolean isCancelled() {
        return cancelled.isDone();
    }

    /** Gives the work up when the caller gives the call up, and at once when that has happened. */
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
