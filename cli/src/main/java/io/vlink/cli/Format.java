package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import io.vlink.cli.documents.Written;

/** The output formats. */
enum Format {
    table,
    wide,
    json,
    yaml,
    name,
    dot;

    /** The word on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Formats a tree for programs. */
    String write(JsonNode tree) {
        return switch (this) {
            case json -> Written.json(tree);
            case yaml -> Written.yaml(tree);
            case table, wide, name, dot ->
                throw new IllegalArgumentException("The output format (%s) cannot be used here.".formatted(this));
        };
    }
}
