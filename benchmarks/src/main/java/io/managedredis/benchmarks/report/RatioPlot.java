package io.managedredis.benchmarks.report;

import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Ratios of ours to a peer, one below the other, with their intervals. */
final class RatioPlot {

    private static final int WIDTH = 820;
    private static final int LEFT = 330;
    private static final int TOP = 40;
    private static final int ROW = 22;

    private RatioPlot() {}

    /** Of results that all have a ratio. */
    static String draw(String title, List<Result> results) {
        List<Double> values = new ArrayList<>(List.of(1.0));
        for (Result result : results) {
            Interval interval = Objects.requireNonNull(result.interval());
            values.add(interval.low());
            values.add(interval.high());
        }
        int bottom = TOP + ROW * results.size();
        Svg svg = new Svg(WIDTH, bottom + 60, title);
        Axis axis = Axis.over(values, LEFT, WIDTH - 30);
        for (double tick : axis.ticks()) {
            svg.line(axis.at(tick), TOP - 6, axis.at(tick), bottom, "grid");
            svg.text(axis.at(tick), bottom + 16, "middle", Numbers.text(tick));
        }
        svg.line(axis.at(1), TOP - 6, axis.at(1), bottom, "axis");
        double y = TOP + ROW / 2.0;
        for (Result result : results) {
            Interval interval = Objects.requireNonNull(result.interval());
            int series = result.isNoDifference() ? 7 : Numbers.isWorse(result) ? 1 : 0;
            svg.text(LEFT - 10, y + 4, "end", nameOf(result));
            svg.stroke(axis.at(interval.low()), y, axis.at(interval.high()), y, series, 2.5);
            svg.mark(axis.at(Objects.requireNonNull(result.ratio())), y, series);
            y += ROW;
        }
        svg.text(
                (LEFT + WIDTH) / 2.0,
                bottom + 34,
                "middle",
                "ours divided by the peer (no unit), with the 95 % interval");
        svg.text(
                (LEFT + WIDTH) / 2.0,
                bottom + 50,
                "middle",
                "circle: ours is better; square: the peer is better; diamond: no difference");
        return svg.toString();
    }

    private static String nameOf(Result result) {
        return result.id().substring(result.id().indexOf('.') + 1);
    }
}
