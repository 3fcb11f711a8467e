package io.managedredis.internal.fly;

import io.managedredis.error.ManagedRedisException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request that failed, with what decides about the next: never seen by users. */
final class AttemptFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the failure says of the request. */
    enum Effect {
        /** The provider has not acted on it. */
        NONE,
        /** The provider may have acted on it. */
        POSSIBLE
    }

    private final ManagedRedisException error;
    private final Effect effect;
    private final boolean passing;
    private final boolean outage;
    private final @Nullable Duration retryAfter;

    private AttemptFailure(
            ManagedRedisException error,
            Effect effect,
            boolean passing,
            boolean outage,
            @Nullable Duration retryAfter) {
        super(error.getMessage(), error, false, false);
        this.error = error;
        this.effect = effect;
        this.passing = passing;
        this.outage = outage;
        this.retryAfter = retryAfter;
    }

    /** The provider answered, and meant it. */
    static AttemptFailure refused(ManagedRedisException error) {
        return new AttemptFailure(error, Effect.NONE, false, false, null);
    }

    /** The provider asks to come back later. */
    static AttemptFailure busy(ManagedRedisException error, @Nullable Duration retryAfter) {
        return new AttemptFailure(error, Effect.NONE, true, false, retryAfter);
    }

    /** The provider was not reached. */
    static AttemptFailure unreached(ManagedRedisException error) {
        return new AttemptFailure(error, Effect.NONE, true, true, null);
    }

    /** The request may have arrived, and a usable answer did not; another request may fare better. */
    static AttemptFailure lost(ManagedRedisException error, @Nullable Duration retryAfter) {
        return new AttemptFailure(error, Effect.POSSIBLE, true, true, retryAfter);
    }

    /** The request arrived, and its answer makes no sense; another request will fare no better. */
    static AttemptFailure senseless(ManagedRedisException error) {
        return new AttemptFailure(error, Effect.POSSIBLE, false, false, null);
    }

    ManagedRedisException error() {
        return error;
    }

    Effect effect() {
        return effect;
    }

    /** Whether the cause may go away by itself. */
    boolean isPassing() {
        return passing;
    }

    /** Whether it is a sign that the provider is down. */
    boolean isOutage() {
        return outage;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
