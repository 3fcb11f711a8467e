package io.managedredis.placement;

import java.util.List;
import java.util.Objects;

/**
 * What a placement comes to, and what each single change to it would do.
 *
 * @param current the placement as it is
 * @param options every change, the one that shortens the mean most first, and the cheaper one first where two do alike
 */
public record Advice(Assessment current, List<PlacementOption> options) {

    /** Copies the list, and checks that nothing is missing. */
    public Advice {
        Objects.requireNonNull(current, "current");
        options = List.copyOf(options);
    }
}
