package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Draws a topology in the DOT language of Graphviz: {@code ./vlink topology -o dot | dot -Tsvg}. */
public final class Graphviz {

    private static final String GOOD = "#2e7d32";
    private static final String BAD = "#c62828";
    private static final String UNKNOWN = "#757575";

    private final StringBuilder text = new StringBuilder();

    private Graphviz() {}

    public static String draw(Topology topology) {
        Graphviz graph = new Graphviz();
        graph.text.append("digraph %s {\n".formatted(quoted("vlink " + topology.overlay())));
        graph.text.append("  graph [rankdir=LR, label=%s, fontname=\"sans-serif\"];\n"
                .formatted(quoted("overlay " + topology.overlay())));
        graph.text.append("  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
        graph.text.append("  edge [fontname=\"sans-serif\", fontsize=10];\n");
        topology.nodes().forEach(graph::node);
        topology.links().forEach(graph::link);
        return graph.text.append("}\n").toString();
    }

    private void node(JsonNode node) {
        String state = Shown.nodeState(node);
        String colour =
                switch (state) {
                    case "connected" -> GOOD;
                    case "unknown" -> UNKNOWN;
                    default -> BAD;
                };
        text.append("  %s [label=%s, color=\"%s\", tooltip=%s];\n"
                .formatted(
                        quoted(node.path("name").asText()),
                        quoted("%s\n%s"
                                .formatted(
                                        node.path("name").asText(),
                                        node.at("/spec/datapathId").asText())),
                        colour,
                        quoted(state)));
    }

    private void link(JsonNode link) {
        String state = Shown.linkState(link);
        int percent = Topology.percentReserved(link);
        String colour =
                switch (state) {
                    case "up" -> GOOD;
                    case "unknown" -> UNKNOWN;
                    default -> BAD;
                };
        text.append("  %s -> %s [label=%s, color=\"%s\", style=%s, penwidth=%s, tooltip=%s];\n"
                .formatted(
                        quoted(link.at("/spec/from/node").asText()),
                        quoted(link.at("/spec/to/node").asText()),
                        quoted("%s\n%s, %s%s"
                                .formatted(
                                        link.path("name").asText(),
                                        Quantities.bits(link.at("/spec/capacityBits")),
                                        Quantities.latency(Tables.latency(link)),
                                        percent < 0 ? "" : "\n%d %% reserved".formatted(percent))),
                        colour,
                        state.equals("up") ? "solid" : "dashed",
                        String.format(Locale.ROOT, "%.1f", 1 + Math.max(0, percent) / 25.0),
                        quoted(state.equals("down") ? link.at("/status/message").asText("down") : state)));
    }

    /** Returns a quoted string: escapes quotes and backslashes, and writes a line break as {@code \n}. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
