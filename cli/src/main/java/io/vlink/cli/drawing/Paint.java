package io.vlink.cli.drawing;

/** Writes text with or without colours. */
public enum Paint {
    COLOURED,
    PLAIN;

    /** The colours by meaning. */
    public enum Colour {
        NONE(""),
        GOOD("\u001b[32m"),
        PENDING("\u001b[33m"),
        BAD("\u001b[31m"),
        FAINT("\u001b[2m"),
        STRONG("\u001b[1m"),
        FORWARD("\u001b[36m"),
        REVERSE("\u001b[35m");

        private final String escape;

        Colour(String escape) {
            this.escape = escape;
        }
    }

    private static final String END = "\u001b[0m";

    public String in(Colour colour, String text) {
        return this == PLAIN || colour == Colour.NONE || text.isEmpty() ? text : colour.escape + text + END;
    }
}
