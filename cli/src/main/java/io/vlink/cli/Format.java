package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.documents.Written;

/** How to print what network-api shows. */
enum Format {
    table,
    wide,
    json,
    yaml,
    name,
    dot;

    /** Prints a tree as a program wants it. */
    String write(JsonNode tree) {
        return switch (this) {
            case json -> Written.json(tree);
            case yaml -> Written.yaml(tree);
            case table, wide, name, dot ->
                throw new IllegalArgumentException("The output (%s) is not for this.".formatted(this));
        };
    }
}
