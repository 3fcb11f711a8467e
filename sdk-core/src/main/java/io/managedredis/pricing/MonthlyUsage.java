package io.managedredis.pricing;

import io.managedredis.error.InvalidRequestException;
import java.math.BigInteger;

/**
 * Commands sent to a database in a month. Leave out those that are never billed, see
 * {@link PriceBook#unbilledCommands()}.
 *
 * @param writes commands that write, zero or more
 * @param reads commands that read, zero or more
 */
public record MonthlyUsage(long writes, long reads) {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRequestException when one is negative
     */
    public MonthlyUsage {
        requireNotNegative("writes", writes);
        requireNotNegative("reads", reads);
    }

    /** This many writes and reads a month. */
    public static MonthlyUsage of(long writes, long reads) {
        return new MonthlyUsage(writes, reads);
    }

    /**
     * How many commands are billed: a write counts once for the primary and once more for each read region that it is
     * replicated to; a read counts once.
     *
     * @param readRegions how many read regions there are beside the primary, zero or more
     */
    public BigInteger billedCommands(int readRegions) {
        requireNotNegative("readRegions", readRegions);
        BigInteger timesEachWrite = BigInteger.valueOf(readRegions).add(BigInteger.ONE);
        return BigInteger.valueOf(writes).multiply(timesEachWrite).add(BigInteger.valueOf(reads));
    }

    private static void requireNotNegative(String field, long value) {
        if (value < 0) {
            throw new InvalidRequestException(field, value + " is negative", "zero or more");
        }
    }
}
