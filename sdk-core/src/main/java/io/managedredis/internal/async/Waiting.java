package io.managedredis.internal.async;

import io.managedredis.error.CallInterruptedException;
import io.managedredis.error.ErrorDetails;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How synchronous calls wait for asynchronous ones. */
public final class Waiting {

    private Waiting() {}

    /**
     * The future's value.
     *
     * @throws CallInterruptedException when the thread is interrupted; the future is cancelled then
     */
    public static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw withCallersTrace(Call.unwrap(failure.getCause() == null ? failure : failure.getCause()));
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "the thread was interrupted while it waited; a change that was asked for may have happened, so look",
                    ErrorDetails.none(),
                    interrupted);
        }
    }

    private static RuntimeException withCallersTrace(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            // The trace of the thread that failed says nothing of the caller; both together do.
            exception.addSuppressed(new CallSite());
            return exception;
        }
        return new IllegalStateException(failure);
    }

    /** Shows where a synchronous call was made. */
    private static final class CallSite extends Exception {

        private static final long serialVersionUID = 1L;

        CallSite() {
            super("called from here");
        }
    }
}
