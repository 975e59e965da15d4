package io.vlink.cli.drawing;

import io.vlink.cli.drawing.Paint.Colour;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws rows under a heading. Each column is as wide as its widest cell; two spaces separate columns, none end a line.
 */
final class Table {

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

    String draw(Paint paint) {
        int[] widths = new int[heading.size()];
        List<Cell> top =
                heading.stream().map(word -> new Cell(word, Colour.STRONG)).toList();
        List<List<Cell>> all = new ArrayList<>();
        all.add(top);
        all.addAll(rows);
        for (List<Cell> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<Cell> row : all) {
            for (int i = 0; i < widths.length; i++) {
                Cell cell = row.get(i);
                text.append(paint.in(cell.colour(), cell.text()));
                text.append(i == widths.length - 1 ? "\n" : " ".repeat(widths[i] - cell.width() + 2));
            }
        }
        return text.toString();
    }
}
