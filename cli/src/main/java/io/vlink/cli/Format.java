package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.documents.Written;
import java.util.Locale;

/** The output formats. */
enum Format {
    TABLE,
    WIDE,
    JSON,
    YAML,
    NAME,
    DOT;

    /** The word on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Formats a tree for programs. */
    String write(JsonNode tree) {
        return switch (this) {
            case JSON -> Written.json(tree);
            case YAML -> Written.yaml(tree);
            case TABLE, WIDE, NAME, DOT ->
                throw new IllegalArgumentException("The output format (%s) cannot be used here.".formatted(this));
        };
    }
}
