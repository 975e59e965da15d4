package io.vlink.cli.drawing;

import io.vlink.cli.drawing.Paint.Colour;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws rows under a heading. Each column is as wide as its widest cell; two spaces separate columns, none end a line.
 */
final class Table {

    private static final int GAP = 2;
    /** The column whose cells are sentences. */
    private static final String SENTENCES = "MESSAGE";

    private final List<String> heading;
    private final List<List<Cell>> rows = new ArrayList<>();

    Table(List<String> heading) {
        this.heading = List.copyOf(heading);
    }

    void row(List<Cell> cells) {
        if (cells.size() != heading.size()) {
            throw new IllegalArgumentException(
                    "A row has %d cells, the heading %d.".formatted(cells.size(), heading.size()));
        }
        rows.add(List.copyOf(cells));
    }

    /** Returns the table with long cells cut, so that it is no wider than a terminal. */
    Table fitted(int columns) {
        int[] wanted = widths();
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = heading.get(i).equals(SENTENCES) ? wanted[i] : Math.min(wanted[i], Widths.LONGEST);
        }
        int[] widths = Widths.fitted(wanted, GAP, columns);
        Table fitted = new Table(row(heading.stream().map(Cell::of).toList(), widths, true).stream()
                .map(Cell::text)
                .toList());
        rows.forEach(row -> fitted.row(row(row, widths, false)));
        return fitted;
    }

    private List<Cell> row(List<Cell> cells, int[] widths, boolean top) {
        List<Cell> cut = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            cut.add(cells.get(i).cut(widths[i], top || heading.get(i).equals(SENTENCES)));
        }
        return cut;
    }

    private int[] widths() {
        int[] widths = heading.stream().mapToInt(String::length).toArray();
        for (List<Cell> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        }
        return widths;
    }

    String draw(Paint paint) {
        int[] widths = widths();
        List<Cell> top =
                heading.stream().map(word -> new Cell(word, Colour.STRONG)).toList();
        List<List<Cell>> all = new ArrayList<>();
        all.add(top);
        all.addAll(rows);
        StringBuilder text = new StringBuilder();
        for (List<Cell> row : all) {
            for (int i = 0; i < widths.length; i++) {
                Cell cell = row.get(i);
                text.append(paint.in(cell.colour(), cell.text()));
                text.append(i == widths.length - 1 ? "\n" : " ".repeat(widths[i] - cell.width() + GAP));
            }
        }
        return text.toString();
    }
}
