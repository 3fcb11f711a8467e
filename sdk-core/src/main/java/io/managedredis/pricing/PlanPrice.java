package io.managedredis.pricing;

import io.managedredis.error.InvalidRequestException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a plan costs. Each price is known or empty; an empty one is never taken for zero. Immutable.
 *
 * <p>A plan either has a price per month, for the primary region and for each read region, or a price for commands
 * (pay-as-you-go).
 */
public final class PlanPrice {

    private static final PlanPrice UNKNOWN = new PlanPrice(null, null, null, null);

    private final @Nullable Money primary;
    private final @Nullable Money readRegion;
    private final @Nullable CommandPrice commands;
    private final @Nullable Money prodPack;

    private PlanPrice(
            @Nullable Money primary,
            @Nullable Money readRegion,
            @Nullable CommandPrice commands,
            @Nullable Money prodPack) {
        this.primary = primary;
        this.readRegion = readRegion;
        this.commands = commands;
        this.prodPack = prodPack;
        Stream.of(readRegion, prodPack).filter(Objects::nonNull).forEach(this::requireSameCurrency);
    }

    private void requireSameCurrency(Money other) {
        Money base = primary != null ? primary : commands != null ? commands.price() : other;
        base.requireSameCurrency(other);
    }

    /** Nothing is known of what the plan costs. */
    public static PlanPrice unknown() {
        return UNKNOWN;
    }

    /**
     * A price per month that is known for the primary region only, as the provider's interface tells it. See
     * {@link #withReadRegion}.
     */
    public static PlanPrice perMonth(Money primary) {
        return new PlanPrice(notNegative("primary", primary), null, null, null);
    }

    /** The same price per month for the primary region and for each read region. */
    public static PlanPrice perMonthAndRegion(Money region) {
        return perMonth(region).withReadRegion(region);
    }

    /** A price for commands, and none per month. */
    public static PlanPrice payAsYouGo(CommandPrice commands) {
        notNegative("commands", commands.price());
        return new PlanPrice(null, null, commands, null);
    }

    /**
     * This price, with what each read region costs per month.
     *
     * @throws InvalidRequestException when the price is negative, in another currency, or this plan has no price per month
     */
    public PlanPrice withReadRegion(Money perMonth) {
        if (primary == null) {
            throw new InvalidRequestException(
                    "readRegion",
                    "a read region has a price per month but the primary region has none",
                    "a plan with a price per month, see PlanPrice.perMonth");
        }
        return new PlanPrice(primary, notNegative("readRegion", perMonth), commands, prodPack);
    }

    /**
     * This price, with what the production add-on costs per month.
     *
     * @throws InvalidRequestException when the price is negative or in another currency
     */
    public PlanPrice withProdPack(Money perMonth) {
        return new PlanPrice(primary, readRegion, commands, notNegative("prodPack", perMonth));
    }

    /** Per month for the primary region; empty on pay-as-you-go and where it is not known. */
    public Optional<Money> primaryPerMonth() {
        return Optional.ofNullable(primary);
    }

    /** Per month for each read region; empty on pay-as-you-go and where it is not known. */
    public Optional<Money> readRegionPerMonth() {
        return Optional.ofNullable(readRegion);
    }

    /** What commands cost; empty unless the plan is pay-as-you-go. */
    public Optional<CommandPrice> commands() {
        return Optional.ofNullable(commands);
    }

    /** Per month for the production add-on; empty where it is not offered or its price is not known. */
    public Optional<Money> prodPackPerMonth() {
        return Optional.ofNullable(prodPack);
    }

    private static Money notNegative(String field, Money price) {
        Objects.requireNonNull(price, field);
        if (price.isNegative()) {
            throw new InvalidRequestException(field, "the price " + price + " is negative", "zero or more");
        }
        return price;
    }

    @Override
    public String toString() {
        return "PlanPrice[primary=" + orUnknown(primary) + ", readRegion=" + orUnknown(readRegion) + ", commands="
                + orUnknown(commands) + ", prodPack=" + orUnknown(prodPack) + "]";
    }

    private static Object orUnknown(@Nullable Object price) {
        return price == null ? "unknown" : price;
    }
}
