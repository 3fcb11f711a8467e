package io.managedredis.pricing;

import io.managedredis.error.InvalidRequestException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What a database costs per month by a price book, item by item. Made by {@link PriceBook}.
 *
 * @param asOf the day of the price book
 * @param database what was asked for
 * @param items what the cost is made of, at least one
 */
public record CostEstimate(LocalDate asOf, BilledDatabase database, List<LineItem> items) {

    /**
     * Checks and copies.
     *
     * @throws InvalidRequestException when there is no item
     */
    public CostEstimate {
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(database, "database");
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new InvalidRequestException("items", "an estimate has no item", "one or more");
        }
    }

    /** The sum of all items, per month. */
    public Money perMonth() {
        return items.stream().map(LineItem::amount).reduce(Money::plus).orElseThrow();
    }

    /**
     * One item.
     *
     * @param description what is paid for, in words
     * @param quantity how many of it a month
     * @param unitPrice what one costs
     */
    public record LineItem(String description, BigDecimal quantity, Money unitPrice) {

        /** Checks that nothing is missing. */
        public LineItem {
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(quantity, "quantity");
            Objects.requireNonNull(unitPrice, "unitPrice");
        }

        /** The quantity times the price of one. */
        public Money amount() {
            return unitPrice.times(quantity);
        }
    }
}
