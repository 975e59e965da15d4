package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.NetworkId;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.Vlink;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads documents written in tests. */
final class Written {

    private Written() {}

    /** Reads JSON with single quotes in place of double quotes. */
    static ObjectNode json(String text) {
        return tree(text.replace('\'', '"'), Documents.Syntax.JSON);
    }

    static ObjectNode yaml(String text) {
        return tree(text, Documents.Syntax.YAML);
    }

    private static ObjectNode tree(String text, Documents.Syntax syntax) {
        return switch (Documents.read(text.getBytes(StandardCharsets.UTF_8), syntax)) {
            case Document.Tree tree -> tree.root();
            case Document.Malformed malformed -> throw new AssertionError(malformed.message());
        };
    }

    static <T> T read(Reading<T> reading) {
        return switch (reading) {
            case Reading.Parsed<T> read -> read.value();
            case Reading.Wrong<T> wrong -> throw new AssertionError(wrong.violations());
        };
    }

    static Vlink network(ObjectNode root) {
        Declaration<NetworkId, NetworkSpec> declaration =
                read(NetworkReader.read(root, DocumentScope.inNamespace("default", "default", "n")));
        return switch (declaration.spec()) {
            case Vlink vlink -> vlink;
        };
    }

    /** Returns each violation as {@code field reason}. */
    static List<String> violations(Reading<?> reading) {
        return switch (reading) {
            case Reading.Parsed<?> read -> List.of();
            case Reading.Wrong<?> wrong ->
                wrong.violations().stream()
                        .map(v -> v.field() + " " + v.reason())
                        .toList();
        };
    }

    static String message(Reading<?> reading) {
        return switch (reading) {
            case Reading.Parsed<?> read -> throw new AssertionError("Unexpectedly read: " + read.value());
            case Reading.Wrong<?> wrong -> wrong.violations().getFirst().message();
        };
    }
}
