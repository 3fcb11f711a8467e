package io.managedredis;

import io.managedredis.error.InvalidRequestException;
import java.util.Objects;

/**
 * Names a plan, the tier that sets a database's limits and price. Either the provider's identifier or the name it shows,
 * such as {@code 200MB}; the management client finds the plan by the one or the other. The type is open: plans that this
 * version has never seen are fine.
 *
 * @param value the identifier or the name, not blank
 */
public record PlanId(String value) {

    /**
     * Checks the value.
     *
     * @throws InvalidRequestException when the value is blank
     */
    public PlanId {
        Objects.requireNonNull(value, "value");
        value = value.strip();
        if (value.isEmpty()) {
            throw new InvalidRequestException(
                    "plan", "the plan is blank", "a plan's name or identifier, such as '200MB'");
        }
    }

    /** The plan with this identifier or name. */
    public static PlanId of(String value) {
        return new PlanId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
