package io.managedredis.event;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that happened to a call. A call is one use of a verb, and sends one request or several. */
public sealed interface CallEvent {

    /** The call that it happened to. */
    CallInfo call();

    /**
     * Tells calls apart.
     *
     * @param id unique within the client
     * @param operation the verb, such as {@code create}
     * @param database the name or identifier of the database that it is about, or null
     */
    record CallInfo(long id, String operation, @Nullable String database) {

        /** Checks that nothing is missing. */
        public CallInfo {
            Objects.requireNonNull(operation, "operation");
        }
    }

    /**
     * A verb was called.
     *
     * @param call the call
     */
    record CallStarted(CallInfo call) implements CallEvent {}

    /**
     * A request is about to be sent.
     *
     * @param call the call
     * @param request what is asked of the provider
     * @param attempt counts the requests of the call, from 1
     */
    record AttemptStarted(CallInfo call, String request, int attempt) implements CallEvent {}

    /**
     * A request has its answer, or will have none.
     *
     * @param call the call
     * @param request what was asked of the provider
     * @param attempt counts the requests of the call, from 1
     * @param duration how long it took
     * @param status the HTTP status, or null where no answer came
     * @param requestId the provider's identifier of the request, or null
     * @param failure what went wrong, or null
     */
    record AttemptEnded(
            CallInfo call,
            String request,
            int attempt,
            Duration duration,
            @Nullable Integer status,
            @Nullable String requestId,
            @Nullable Throwable failure)
            implements CallEvent {}

    /**
     * A request is going to be repeated.
     *
     * @param call the call
     * @param request what is asked of the provider
     * @param delay the wait before
     * @param failure why
     */
    record RetryScheduled(CallInfo call, String request, Duration delay, Throwable failure) implements CallEvent {}

    /**
     * A verb has ended.
     *
     * @param call the call
     * @param duration how long it took
     * @param attempts how many requests it sent
     * @param failure what went wrong, or null; a {@link java.util.concurrent.CancellationException} where the caller gave up
     */
    record CallEnded(
            CallInfo call,
            Duration duration,
            int attempts,
            @Nullable Throwable failure) implements CallEvent {}
}
