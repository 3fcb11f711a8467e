package io.managedredis.pricing;

import io.managedredis.error.InvalidRequestException;
import io.managedredis.pricing.CostEstimate.LineItem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The provider's plans and prices as they were on a day. Immutable and safe for use by many threads.
 *
 * <p>Books come with the SDK, see {@link #latest()}, {@link #alpha()} and {@link #on(LocalDate)}, and callers may write
 * their own with {@link #dated(LocalDate)}, for example for prices that were agreed with the provider. The day of a book
 * is the day it was recorded; the provider may have changed prices since.
 *
 * <p>Estimates cover what a book has prices for: the regions of a plan, commands on pay-as-you-go, and the production
 * add-on. Taxes, storage and traffic beyond what a plan includes are not part of them. Commands are counted to the single
 * command; blocks that are billed in full are not modelled.
 */
public final class PriceBook {

    private final LocalDate asOf;
    private final List<CatalogPlan> plans;
    private final Set<String> unbilledCommands;

    private PriceBook(Builder builder) {
        this.asOf = builder.asOf;
        this.plans = List.copyOf(builder.plans);
        this.unbilledCommands = Set.copyOf(builder.unbilledCommands);
    }

    /** The newest book that comes with the SDK. */
    public static PriceBook latest() {
        List<PriceBook> books = published();
        return books.get(books.size() - 1);
    }

    /** The book of the alpha, with the plans Free, 200MB and 500MB. */
    public static PriceBook alpha() {
        return published().get(0);
    }

    /** The newest book that comes with the SDK and is not younger than this day; empty when all are. */
    public static Optional<PriceBook> on(LocalDate day) {
        Objects.requireNonNull(day, "day");
        return published().stream().filter(book -> !book.asOf.isAfter(day)).max(Comparator.comparing(PriceBook::asOf));
    }

    /** All books that come with the SDK, the oldest first. */
    public static List<PriceBook> published() {
        return PublishedPriceBooks.all();
    }

    /** Starts a book of the caller's own. */
    public static Builder dated(LocalDate asOf) {
        return new Builder(asOf);
    }

    /** The day the book was recorded. */
    public LocalDate asOf() {
        return asOf;
    }

    /** All plans, in the order of the book. */
    public List<CatalogPlan> plans() {
        return plans;
    }

    /** The plan of this name or alias; case, spaces and punctuation do not matter. */
    public Optional<CatalogPlan> plan(String name) {
        Objects.requireNonNull(name, "name");
        return plans.stream().filter(plan -> plan.isNamed(name)).findFirst();
    }

    /** The commands that are never billed, in upper case. Empty where the book names none. */
    public Set<String> unbilledCommands() {
        return unbilledCommands;
    }

    /**
     * What a database on this plan costs per month.
     *
     * @param plan the plan's name
     * @param readRegions how many read regions there are beside the primary, zero or more
     * @return the estimate; empty when the plan or one of the prices needed is not known, and for pay-as-you-go, whose
     *     cost depends on the usage
     * @throws InvalidRequestException when the number of read regions is negative
     */
    public Optional<CostEstimate> estimate(String plan, int readRegions) {
        return estimate(BilledDatabase.of(plan, readRegions));
    }

    /**
     * What a database costs per month.
     *
     * @return the estimate; empty when the plan or one of the prices needed is not known, and for pay-as-you-go, whose
     *     cost depends on the usage
     */
    public Optional<CostEstimate> estimate(BilledDatabase database) {
        return estimateWith(database, null);
    }

    /**
     * What a database costs per month with this usage, which matters on pay-as-you-go only: there a write is billed once
     * for the primary and once for each read region.
     *
     * @return the estimate; empty when the plan or one of the prices needed is not known
     */
    public Optional<CostEstimate> estimate(BilledDatabase database, MonthlyUsage usage) {
        return estimateWith(database, Objects.requireNonNull(usage, "usage"));
    }

    /**
     * What changing a database from one plan and number of read regions to another does to its cost.
     *
     * @return the change; empty when one of the two estimates is
     * @throws InvalidRequestException when a number of read regions is negative
     */
    public Optional<CostChange> estimateChange(
            String planBefore, int readRegionsBefore, String planAfter, int readRegionsAfter) {
        return estimateChange(
                BilledDatabase.of(planBefore, readRegionsBefore), BilledDatabase.of(planAfter, readRegionsAfter));
    }

    /**
     * What a change does to the cost of a database.
     *
     * @return the change; empty when one of the two estimates is
     */
    public Optional<CostChange> estimateChange(BilledDatabase before, BilledDatabase after) {
        return changeBetween(estimate(before), estimate(after));
    }

    /**
     * What a change does to the cost of a database that is used this much before and after it.
     *
     * @return the change; empty when one of the two estimates is
     */
    public Optional<CostChange> estimateChange(BilledDatabase before, BilledDatabase after, MonthlyUsage usage) {
        return changeBetween(estimate(before, usage), estimate(after, usage));
    }

    private static Optional<CostChange> changeBetween(Optional<CostEstimate> before, Optional<CostEstimate> after) {
        return before.flatMap(from -> after.map(to -> new CostChange(from, to)));
    }

    private Optional<CostEstimate> estimateWith(BilledDatabase database, @Nullable MonthlyUsage usage) {
        return plan(database.plan())
                .flatMap(plan -> items(plan, database, usage))
                .map(items -> new CostEstimate(asOf, database, items));
    }

    /** Every item that the database is billed for, or nothing when the price of one is not known. */
    private static Optional<List<LineItem>> items(
            CatalogPlan plan, BilledDatabase database, @Nullable MonthlyUsage usage) {
        PlanPrice price = plan.price();
        List<Optional<LineItem>> items = new ArrayList<>();
        if (price.commands().isPresent()) {
            items.add(price.commands()
                    .filter(each -> usage != null)
                    .map(each -> commands(each, Objects.requireNonNull(usage), database.readRegions())));
        } else {
            items.add(price.primaryPerMonth().map(each -> new LineItem("primary region", BigDecimal.ONE, each)));
            if (database.readRegions() > 0) {
                items.add(price.readRegionPerMonth()
                        .map(each -> new LineItem("read regions", BigDecimal.valueOf(database.readRegions()), each)));
            }
        }
        if (database.prodPack()) {
            items.add(price.prodPackPerMonth().map(each -> new LineItem("prod pack", BigDecimal.ONE, each)));
        }
        return items.stream().allMatch(Optional::isPresent)
                ? Optional.of(items.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    private static LineItem commands(CommandPrice price, MonthlyUsage usage, int readRegions) {
        return new LineItem("commands", new BigDecimal(usage.billedCommands(readRegions)), price.perCommand());
    }

    @Override
    public String toString() {
        return "PriceBook[asOf=" + asOf + ", plans="
                + plans.stream().map(CatalogPlan::name).toList() + "]";
    }

    /** Collects the content of a price book. Not safe for use by many threads. */
    public static final class Builder {

        private final LocalDate asOf;
        private final List<CatalogPlan> plans = new ArrayList<>();
        private final Set<String> unbilledCommands = new LinkedHashSet<>();

        private Builder(LocalDate asOf) {
            this.asOf = Objects.requireNonNull(asOf, "asOf");
        }

        /** Adds a plan. */
        public Builder plan(CatalogPlan plan) {
            plans.add(Objects.requireNonNull(plan, "plan"));
            return this;
        }

        /** Adds commands that are never billed. */
        public Builder unbilledCommands(String... commands) {
            for (String command : commands) {
                unbilledCommands.add(command.toUpperCase(Locale.ROOT));
            }
            return this;
        }

        /**
         * The book.
         *
         * @throws InvalidRequestException when two plans go by the same name
         */
        public PriceBook build() {
            Set<String> names = new HashSet<>();
            for (CatalogPlan plan : plans) {
                Set<String> ofThisPlan = new HashSet<>();
                ofThisPlan.add(CatalogPlan.key(plan.name()));
                plan.aliases().forEach(alias -> ofThisPlan.add(CatalogPlan.key(alias)));
                for (String name : ofThisPlan) {
                    if (!names.add(name)) {
                        throw new InvalidRequestException(
                                "plan", "two plans go by the name '" + name + "'", "a name of its own for each plan");
                    }
                }
            }
            return new PriceBook(this);
        }
    }
}
