package io.managedredis.benchmarks.report;

import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What ours and the peers measured, one result below the other, in one unit. */
final class DotPlot {

    private static final int WIDTH = 820;
    private static final int LEFT = 290;
    private static final int TOP = 40;
    private static final int ROW = 24;

    private DotPlot() {}

    /** Of results that all have the same unit. */
    static String draw(String title, List<Result> results) {
        List<String> series = Series.of(results);
        List<Double> values = new ArrayList<>();
        for (Result result : results) {
            values.add(result.ours());
            values.addAll(result.peers().values());
        }
        int bottom = TOP + ROW * results.size();
        Svg svg = new Svg(WIDTH, bottom + 50 + Svg.legendHeight(WIDTH, series), title);
        Axis axis = Axis.over(values, LEFT, WIDTH - 30);
        for (double tick : axis.ticks()) {
            svg.line(axis.at(tick), TOP - 6, axis.at(tick), bottom, "grid");
            svg.text(axis.at(tick), bottom + 16, "middle", Numbers.text(tick));
        }
        if (values.stream().anyMatch(value -> value <= 0)) {
            svg.line(LEFT, TOP - 6, LEFT, bottom, "axis");
            svg.text(LEFT, bottom + 16, "middle", "0");
        }
        double y = TOP + ROW / 2.0;
        for (Result result : results) {
            svg.text(LEFT - 14, y + 4, "end", result.id().substring(result.id().indexOf('.') + 1));
            svg.line(LEFT, y + ROW / 2.0, WIDTH - 30, y + ROW / 2.0, "grid");
            // Ours last, to lie on top.
            for (int number = series.size() - 1; number >= 0; number--) {
                Double value = Series.value(result, series.get(number));
                if (value != null) {
                    Interval interval = Series.interval(result, series.get(number));
                    if (interval != null) {
                        svg.stroke(axis.at(interval.low()), y, axis.at(interval.high()), y, number, 2);
                    }
                    svg.mark(axis.at(value), y, number);
                }
            }
            y += ROW;
        }
        svg.text(
                (LEFT + WIDTH) / 2.0,
                bottom + 34,
                "middle",
                Objects.requireNonNull(results.get(0)).unit());
        svg.legend(bottom + 50, series);
        return svg.toString();
    }
}
