package io.vlink.cli.drawing;

import io.vlink.cli.drawing.Paint.Colour;

/** A text of one line and its colour. */
record Cell(String text, Colour colour) {

    private static final String NOTHING = "-";
    private static final String CUT = "…";

    Cell {
        text = text.isBlank() ? NOTHING : text.replace('\n', ' ');
    }

    static Cell of(String text) {
        return new Cell(text, Colour.NONE);
    }

    /** Returns a cell with a state, in the colour of that state. */
    static Cell state(String word) {
        return new Cell(word, colourOf(word));
    }

    private static Colour colourOf(String word) {
        return switch (word) {
            case "Ready", "connected", "up", "True", "yes", "holds", "admitted", "present" -> Colour.GOOD;
            case "Refused", "Degraded", "refused", "disconnected", "down", "blocked", "False", "missing" -> Colour.BAD;
            case "Removed", "Removing", "unknown", "withdrawn" -> Colour.FAINT;
            default -> Colour.PENDING;
        };
    }

    /** Returns the cell with at most {@code width} characters: words lose their middle, sentences their end. */
    Cell cut(int width, boolean sentence) {
        int length = width();
        if (length <= width) {
            return this;
        }
        int kept = Math.max(0, width - 1);
        int head = sentence ? kept : (kept + 1) / 2;
        int tail = kept - head;
        return new Cell(
                text.substring(0, text.offsetByCodePoints(0, head)).stripTrailing()
                        + CUT
                        + text.substring(text.offsetByCodePoints(0, length - tail)),
                colour);
    }

    int width() {
        return text.codePointCount(0, text.length());
    }
}
