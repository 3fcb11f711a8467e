package io.managedredis.lettuce.error;

import io.managedredis.error.ManagedRedisException;

/** The client's own budget does not allow a command or a connection. Nothing was sent. Says which limit, and what is used of it. */
public final class BudgetExceededException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    private final ServiceLimit limit;
    private final long allowed;
    private final long usage;

    /**
     * An error.
     *
     * @param what what was refused, such as the name of a command
     * @param limit which limit
     * @param allowed what the budget allows
     * @param usage what would be used with this
     */
    public BudgetExceededException(String what, ServiceLimit limit, long allowed, long usage) {
        super(what + " was not sent: the budget allows " + allowed + " for " + limit + ", and this would be " + usage
                + "; to do: " + limit.remedy());
        this.limit = limit;
        this.allowed = allowed;
        this.usage = usage;
    }

    /** Which limit. */
    public ServiceLimit limit() {
        return limit;
    }

    /** What the budget allows, in the limit's unit: commands, bytes or sockets. */
    public long allowed() {
        return allowed;
    }

    /** What would have been used. */
    public long usage() {
        return usage;
    }

    @Override
    public boolean isRetryable() {
        return limit.isTransient();
    }
}
