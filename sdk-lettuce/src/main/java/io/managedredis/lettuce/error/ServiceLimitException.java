package io.managedredis.lettuce.error;

import io.managedredis.error.ManagedRedisException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The service refused a command, or a connection, for a limit of the plan. Says which, and what is used of how much. */
public final class ServiceLimitException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    private final ServiceLimit limit;
    private final @Nullable Long allowed;
    private final @Nullable Long usage;

    /**
     * An error.
     *
     * @param limit which limit
     * @param answer the server's own words
     * @param allowed the limit as a number, or null when the server did not say
     * @param usage what is used, or null when the server did not say
     * @param cause the error that led to it, or null
     */
    public ServiceLimitException(
            ServiceLimit limit,
            String answer,
            @Nullable Long allowed,
            @Nullable Long usage,
            @Nullable Throwable cause) {
        super(answer + "; to do: " + limit.remedy(), cause);
        this.limit = limit;
        this.allowed = allowed;
        this.usage = usage;
    }

    /** Which limit. */
    public ServiceLimit limit() {
        return limit;
    }

    /** The limit as a number; empty when the server did not say. */
    public OptionalLong allowed() {
        return allowed == null ? OptionalLong.empty() : OptionalLong.of(allowed);
    }

    /** What is used; empty when the server did not say. */
    public OptionalLong usage() {
        return usage == null ? OptionalLong.empty() : OptionalLong.of(usage);
    }

    @Override
    public boolean isRetryable() {
        return limit.isTransient();
    }
}
