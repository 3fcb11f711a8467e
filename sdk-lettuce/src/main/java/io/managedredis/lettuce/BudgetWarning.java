package io.managedredis.lettuce;

import io.managedredis.lettuce.error.ServiceLimit;
import java.util.Objects;

/**
 * A client comes near a limit of its {@link Budget}.
 *
 * @param limit which limit
 * @param allowed how much the budget allows, in the limit's unit: commands, bytes or sockets
 * @param usage how much is used, at least the share the budget warns at
 */
public record BudgetWarning(ServiceLimit limit, long allowed, long usage) {

    /** Checks that nothing is missing. */
    public BudgetWarning {
        Objects.requireNonNull(limit, "limit");
    }
}
