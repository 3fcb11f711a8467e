package io.managedredis.benchmarks.report;

import io.managedredis.benchmarks.results.Place;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** How something grows with a quantity: a line for ours and for each peer, with the interval at each point. */
final class CurvePlot {

    private static final int WIDTH = 640;
    private static final int LEFT = 90;
    private static final int TOP = 40;
    private static final int BOTTOM = 300;

    private CurvePlot() {}

    /** Of the points of one curve, in the order of the quantity. */
    static String draw(List<Result> points) {
        List<String> series = Series.of(points);
        Place first = placeOf(points.get(0));
        List<Double> across = new ArrayList<>();
        List<Double> up = new ArrayList<>();
        for (Result point : points) {
            across.add(placeOf(point).at());
            up.add(point.ours());
            up.addAll(point.peers().values());
        }
        Svg svg = new Svg(WIDTH, BOTTOM + 60 + Svg.legendHeight(WIDTH, series), first.curve());
        Axis x = Axis.over(across, LEFT, WIDTH - 30);
        Axis y = Axis.over(up, BOTTOM, TOP);
        for (double tick : y.ticks()) {
            svg.line(LEFT, y.at(tick), WIDTH - 30, y.at(tick), "grid");
            svg.text(LEFT - 8, y.at(tick) + 4, "end", Numbers.text(tick));
        }
        for (double value : new TreeSet<>(across)) {
            svg.line(x.at(value), BOTTOM, x.at(value), BOTTOM + 4, "axis");
            svg.text(x.at(value), BOTTOM + 18, "middle", Numbers.text(value));
        }
        svg.line(LEFT, BOTTOM, WIDTH - 30, BOTTOM, "axis");
        for (int number = series.size() - 1; number >= 0; number--) {
            draw(svg, points, series.get(number), number, x, y);
        }
        svg.text((LEFT + WIDTH) / 2.0, BOTTOM + 36, "middle", first.along());
        svg.text(12, TOP - 4, "start", points.get(0).unit());
        svg.legend(BOTTOM + 56, series);
        return svg.toString();
    }

    private static void draw(Svg svg, List<Result> points, String name, int number, Axis x, Axis y) {
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (Result point : points) {
            Double value = Series.value(point, name);
            if (value == null) {
                continue;
            }
            double atX = x.at(placeOf(point).at());
            double atY = y.at(value);
            if (!Double.isNaN(lastX)) {
                svg.stroke(lastX, lastY, atX, atY, number, 1.5);
            }
            Interval interval = Series.interval(point, name);
            if (interval != null) {
                svg.stroke(atX, y.at(interval.low()), atX, y.at(interval.high()), number, 2.5);
            }
            svg.mark(atX, atY, number);
            lastX = atX;
            lastY = atY;
        }
    }

    static Place placeOf(Result point) {
        return Objects.requireNonNull(point.place());
    }
}
