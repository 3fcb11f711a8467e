package io.managedredis.pricing;

import io.managedredis.error.InvalidRequestException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/**
 * An exact amount of money, which may be less than a cent or below zero. Equal amounts are equal objects, however many
 * zeros they were written with.
 *
 * @param amount the amount in whole units of the currency, such as dollars
 * @param currency the currency
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

    private static final Currency USD = Currency.getInstance("USD");
    private static final int LEAST_SCALE = 2;

    /** Brings the amount to one form: at least two decimal places, and no zeros behind them. */
    public Money {
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(currency, "currency");
        amount = amount.stripTrailingZeros();
        amount = amount.setScale(Math.max(LEAST_SCALE, amount.scale()));
    }

    /**
     * An amount of US dollars, written as a decimal number such as {@code 0.20}.
     *
     * @throws InvalidRequestException when the text is not a decimal number
     */
    public static Money usd(String dollars) {
        try {
            return new Money(new BigDecimal(dollars), USD);
        } catch (NumberFormatException notANumber) {
            throw new InvalidRequestException(
                    "amount", "'" + dollars + "' is not an amount of money", "a decimal number such as 0.20");
        }
    }

    /** An amount of US cents. */
    public static Money usdCents(long cents) {
        return new Money(BigDecimal.valueOf(cents, 2), USD);
    }

    /**
     * The sum of both.
     *
     * @throws InvalidRequestException when the currencies differ
     */
    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(amount.add(other.amount), currency);
    }

    /**
     * This less the other; below zero when the other is more.
     *
     * @throws InvalidRequestException when the currencies differ
     */
    public Money minus(Money other) {
        requireSameCurrency(other);
        return new Money(amount.subtract(other.amount), currency);
    }

    /** This many times the amount. */
    public Money times(BigDecimal factor) {
        return new Money(amount.multiply(factor), currency);
    }

    /** Whether the amount is below zero. */
    public boolean isNegative() {
        return amount.signum() < 0;
    }

    /** Whether the amount is zero: known to be free, which is not the same as having no known price. */
    public boolean isZero() {
        return amount.signum() == 0;
    }

    /**
     * Compares amounts.
     *
     * @throws InvalidRequestException when the currencies differ
     */
    @Override
    public int compareTo(Money other) {
        requireSameCurrency(other);
        return amount.compareTo(other.amount);
    }

    void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new InvalidRequestException(
                    "currency", other.currency + " does not go together with " + currency, currency.getCurrencyCode());
        }
    }

    /** Such as {@code $10.00} or {@code -$0.000002}; other currencies by their code, such as {@code EUR 10.00}. */
    @Override
    public String toString() {
        String symbol = currency.equals(USD) ? "$" : currency.getCurrencyCode() + " ";
        return (isNegative() ? "-" : "") + symbol + amount.abs().toPlainString();
    }
}
