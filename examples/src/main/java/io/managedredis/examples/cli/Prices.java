package io.managedredis.examples.cli;

import io.managedredis.pricing.PriceBook;
import java.util.Comparator;
import java.util.Optional;

/** Finds price books. */
final class Prices {

    private Prices() {}

    /** The newest book that knows the plan; old plans stand in old books only. */
    static Optional<PriceBook> bookFor(String plan) {
        return PriceBook.published().stream()
                .filter(book -> book.plan(plan).isPresent())
                .max(Comparator.comparing(PriceBook::asOf));
    }
}
