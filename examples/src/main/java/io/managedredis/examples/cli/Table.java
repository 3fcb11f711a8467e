package io.managedredis.examples.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headings. As in the provider's own tables a cell is filled up to the width of its column and ends with a tab, so
 * that people see columns and {@code cut} does too.
 */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    Table row(Object... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells under " + rows.get(0).size() + " headings");
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    void print(PrintStream out, Style style) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], lengthOf(row.get(column)));
            }
        }
        out.println(style.heading(line(rows.get(0), widths)));
        rows.subList(1, rows.size()).forEach(row -> out.println(line(row, widths)));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            boolean last = column == widths.length - 1;
            line.append(cell)
                    .append(last ? "" : " ".repeat(widths[column] - lengthOf(cell)))
                    .append(last ? "" : "\t");
        }
        return line.toString();
    }

    private static int lengthOf(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
