package io.managedredis.benchmarks.report;

import io.managedredis.benchmarks.results.Result;
import java.util.List;
import java.util.Locale;

/** Where a curve is steepest: the power of the growing quantity that ours follows between two neighbouring points. */
final class Bend {

    private Bend() {}

    /** In words; empty when no two neighbours can be compared. */
    static String of(List<Result> points) {
        String words = "";
        double steepest = 0;
        for (int i = 1; i < points.size(); i++) {
            Result from = points.get(i - 1);
            Result to = points.get(i);
            double start = CurvePlot.placeOf(from).at();
            double end = CurvePlot.placeOf(to).at();
            if (start <= 0 || from.ours() <= 0 || to.ours() <= 0) {
                continue;
            }
            double power = Math.log(to.ours() / from.ours()) / Math.log(end / start);
            if (words.isEmpty() || Math.abs(power) > Math.abs(steepest)) {
                steepest = power;
                words = String.format(
                        Locale.ROOT,
                        "Steepest between %s and %s %s, where ours follows the power %.2f of them (0: flat, 1: in proportion).",
                        Numbers.text(start),
                        Numbers.text(end),
                        CurvePlot.placeOf(to).along(),
                        power);
            }
        }
        return words;
    }
}
