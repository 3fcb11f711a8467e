package io.managedredis.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** A picture that is put together element by element; readable in dark and in light. */
final class Svg {

    /** Ours first. They stand out from white and from black, and from each other also without colour, by their marks. */
    private static final List<String> COLOURS =
            List.of("#2f81f7", "#d9822b", "#3fa34d", "#a371f7", "#d64550", "#1f9e9e", "#b08800", "#8a8f98");

    private static final String STYLE =
            "text{font:12px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600;font-size:14px}"
                    + ".back{fill:#ffffff}.grid{stroke:#d0d7de}.axis{stroke:#57606a}"
                    + "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.back{fill:#0d1117}.grid{stroke:#30363d}.axis{stroke:#8b949e}}";

    private final StringBuilder elements = new StringBuilder();
    private final int width;
    private final int height;
    private final String title;

    Svg(int width, int height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
        text(12, 20, "start", title, "title");
    }

    static String colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    void line(double x1, double y1, double x2, double y2, String kind) {
        elements.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                kind));
    }

    void stroke(double x1, double y1, double x2, double y2, int series, double thickness) {
        elements.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour(series),
                thickness));
    }

    /** A mark whose form differs by series. */
    void mark(double x, double y, int series) {
        String form = switch (series % 4) {
            case 0 -> String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"", x, y);
            case 1 -> String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"8\" height=\"8\"", x - 4, y - 4);
            case 2 -> polygon(x, y - 5, x + 5, y + 4, x - 5, y + 4);
            default -> polygon(x, y - 5.5, x + 5.5, y, x, y + 5.5, x - 5.5, y);
        };
        elements.append(form).append(" fill=\"").append(colour(series)).append("\"/>\n");
    }

    private static String polygon(double... corners) {
        StringBuilder points = new StringBuilder("<polygon points=\"");
        for (int i = 0; i < corners.length; i += 2) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", corners[i], corners[i + 1]));
        }
        return points.toString().stripTrailing() + "\"";
    }

    void text(double x, double y, String anchor, String text) {
        text(x, y, anchor, text, "");
    }

    private void text(double x, double y, String anchor, String text, String kind) {
        elements.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>%n",
                x,
                y,
                anchor,
                kind.isEmpty() ? "" : " class=\"" + kind + "\"",
                escaped(text)));
    }

    /** Names the series, from left to right in as many lines as it takes. Gives the height that this needs. */
    static int legendHeight(int width, List<String> series) {
        int x = 12;
        int lines = 1;
        for (String name : series) {
            int needed = 30 + name.length() * 7;
            if (x + needed > width && x > 12) {
                lines++;
                x = 12;
            }
            x += needed;
        }
        return lines * 18;
    }

    void legend(double top, List<String> series) {
        double x = 12;
        double y = top;
        for (int number = 0; number < series.size(); number++) {
            String name = series.get(number);
            int needed = 30 + name.length() * 7;
            if (x + needed > width && x > 12) {
                y += 18;
                x = 12;
            }
            mark(x + 5, y, number);
            text(x + 15, y + 4, "start", name);
            x += needed;
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n"
                                + "<title>%s</title>%n<style>%s</style>%n<rect class=\"back\" width=\"%d\" height=\"%d\"/>%n",
                        width,
                        height,
                        width,
                        height,
                        escaped(title),
                        STYLE,
                        width,
                        height)
                + elements + "</svg>\n";
    }
}
