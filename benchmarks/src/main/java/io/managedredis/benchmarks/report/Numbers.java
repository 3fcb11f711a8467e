package io.managedredis.benchmarks.report;

import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.stats.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** How numbers are written, the same on every machine. */
final class Numbers {

    private static final MathContext DIGITS = new MathContext(3);

    private Numbers() {}

    /** Three digits that count, and none cut off before the point. */
    static String text(double value) {
        double shown = Math.abs(value) >= 1_000
                ? Math.rint(value)
                : new BigDecimal(value).round(DIGITS).doubleValue();
        return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(shown);
    }

    static String text(Interval interval) {
        return text(interval.low()) + " to " + text(interval.high());
    }

    /** Whether more of this unit is better. */
    static boolean moreIsBetter(String unit) {
        return unit.endsWith("/s") || unit.equals("%") || unit.equals("of the bound") || unit.equals("databases");
    }

    /** Whether the peer compared with is better beyond doubt. */
    static boolean isWorse(Result result) {
        Interval interval = result.interval();
        return interval != null && (moreIsBetter(result.unit()) ? interval.high() < 1 : interval.low() > 1);
    }
}
