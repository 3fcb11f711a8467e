package io.managedredis;

import io.managedredis.pricing.CostEstimate;
import io.managedredis.pricing.Money;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What would be done, or was done, to make a database what it should be.
 *
 * @param database the database's name
 * @param action what it takes
 * @param changes every difference that can be made up for
 * @param refused every difference that cannot, such as another primary region; where there is one, nothing is done at all
 * @param costBefore what the database costs by the price book, or null where that is not known or there is no database yet
 * @param costAfter what it will cost by the price book, or null where that is not known
 */
public record ChangeSet(
        String database,
        Action action,
        List<Change> changes,
        List<Change> refused,
        @Nullable CostEstimate costBefore,
        @Nullable CostEstimate costAfter) {

    /** What it takes. */
    public enum Action {
        /** The database is created. */
        CREATE,
        /** The database is changed. */
        UPDATE,
        /** The database is what it should be. */
        NONE
    }

    /** Copies the lists, and checks that nothing is missing. */
    public ChangeSet {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(action, "action");
        changes = List.copyOf(changes);
        refused = List.copyOf(refused);
    }

    /** Whether the database is what it should be. */
    public boolean isEmpty() {
        return action == Action.NONE && refused.isEmpty();
    }

    /** Whether it can be done. */
    public boolean isPossible() {
        return refused.isEmpty();
    }

    /** How much more is paid a month afterwards, negative where it is less; empty where a cost is not known. */
    public Optional<Money> monthlyDifference() {
        if (costAfter == null) {
            return Optional.empty();
        }
        if (action == Action.CREATE) {
            return Optional.of(costAfter.perMonth());
        }
        return costBefore == null
                ? Optional.empty()
                : Optional.of(costAfter.perMonth().minus(costBefore.perMonth()));
    }
}
