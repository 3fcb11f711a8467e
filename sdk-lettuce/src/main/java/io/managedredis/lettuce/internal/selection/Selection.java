package io.managedredis.lettuce.internal.selection;

import java.util.List;
import java.util.Optional;

/**
 * The endpoints for reads, best first. Immutable: a dispatcher keeps it in one volatile field and looks at nothing else.
 *
 * @param <E> what stands for an endpoint
 * @param order the chosen one, then those to try when it fails, the primary last unless it was chosen. Only usable ones, but the
 *     primary is there whatever its state. Empty only when no candidate was given
 * @param steps what each step left, for explanations
 */
public record Selection<E>(List<E> order, List<Step<E>> steps) {

    /** Copies the lists. */
    public Selection {
        order = List.copyOf(order);
        steps = List.copyOf(steps);
    }

    /** The endpoint for reads. */
    public Optional<E> reader() {
        return order.stream().findFirst();
    }

    /**
     * One step of the choice.
     *
     * @param name what it looked for
     * @param left what it left
     */
    public record Step<E>(String name, List<E> left) {

        /** Copies the list. */
        public Step {
            left = List.copyOf(left);
        }
    }
}
