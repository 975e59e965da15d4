package io.vlink.cli.drawing;

import io.vlink.cli.drawing.Paint.Colour;

/** A text of one line and its colour. */
record Cell(String text, Colour colour) {

    private static final String NOTHING = "-";

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

    int width() {
        return text.codePointCount(0, text.length());
    }
}
