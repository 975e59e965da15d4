package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.documents.Written;

/** The output formats. */
enum Format {
    table,
    wide,
    json,
    yaml,
    name,
    dot;

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
