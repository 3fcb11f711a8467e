package io.managedredis.pricing;

import io.managedredis.error.InvalidRequestException;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * The price of commands on pay-as-you-go, stated for a number of them: for example $0.20 for 100,000.
 *
 * @param price what that many commands cost
 * @param commands how many commands the price is for, one or more
 */
public record CommandPrice(Money price, long commands) {

    /**
     * Checks that the price of a single command is a finite decimal number, so that estimates are exact.
     *
     * @throws InvalidRequestException when the number is below one, or dividing by it leaves an endless fraction
     */
    public CommandPrice {
        Objects.requireNonNull(price, "price");
        if (commands < 1) {
            throw new InvalidRequestException("commands", commands + " is too few", "one or more");
        }
        divide(price, commands);
    }

    /** The exact price of one command. */
    public Money perCommand() {
        return divide(price, commands);
    }

    private static Money divide(Money price, long commands) {
        try {
            return new Money(price.amount().divide(BigDecimal.valueOf(commands)), price.currency());
        } catch (ArithmeticException endless) {
            throw new InvalidRequestException(
                    "commands",
                    price + " cannot be divided by " + commands + " without a remainder",
                    "a number such as 1, 1000 or 100000");
        }
    }
}
