package io.managedredis.internal.async;

import io.managedredis.error.CallInterruptedException;
import io.managedredis.event.CallEvent.CallEnded;
import io.managedredis.event.CallEvent.CallInfo;
import io.managedredis.event.CallEvent.CallStarted;
import io.managedredis.event.CallListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the calls of one client, and knows those that have not ended. Safe for use by several threads. */
public final class CallRunner implements AutoCloseable {

    private final Timing timing;
    private final CallListener listener;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Call, CompletableFuture<?>> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Runs calls in this time, and tells the listener of them. */
    public CallRunner(Timing timing, CallListener listener) {
        this.timing = timing;
        this.listener = listener;
    }

    /** The passing of time. */
    public Timing timing() {
        return timing;
    }

    /**
     * Runs a verb.
     *
     * @param operation the verb
     * @param database the name or identifier that it is about, or null
     * @param timeout how long all of it may take
     * @param body the verb's work; it is given up when the caller cancels the result
     * @throws IllegalStateException when the client is closed
     */
    public <T> CompletableFuture<T> start(
            String operation,
            @Nullable String database,
            Duration timeout,
            Function<Call, ? extends CompletionStage<T>> body) {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        Call call = new Call(new CallInfo(ids.incrementAndGet(), operation, database), timeout, timing, listener);
        CompletableFuture<T> result = new CompletableFuture<>();
        running.put(call, result);
        listener.onEvent(new CallStarted(call.info()));
        result.whenComplete((value, failure) -> {
            running.remove(call);
            // Whatever ended the call, nothing of it goes on.
            call.cancel();
            listener.onEvent(new CallEnded(call.info(), call.elapsed(), call.attempts(), failure));
        });
        if (closed) {
            end(call, result);
        }
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
                result.completeExceptionally(Call.unwrap(failure));
            }
        });
        return result;
    }

    /** Ends the calls that have not ended, and starts no more. */
    @Override
    public void close() {
        closed = true;
        for (Map.Entry<Call, CompletableFuture<?>> call : List.copyOf(running.entrySet())) {
            end(call.getKey(), call.getValue());
        }
    }

    private static void end(Call call, CompletableFuture<?> result) {
        result.completeExceptionally(new CallInterruptedException(
                "the client was closed before the call ended; a change that was asked for may have happened, so look",
                call.details(),
                null));
    }
}
