package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.drawing.Paint.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Draws a topology as text: each node with its outgoing links. */
public final class TopologyDrawing {

    private static final int BAR = 10;
    private static final int NEARLY_FULL = 90;

    private final Paint paint;
    private final StringBuilder text = new StringBuilder();

    private TopologyDrawing(Paint paint) {
        this.paint = paint;
    }

    public static String draw(Topology topology, Paint paint) {
        TopologyDrawing drawing = new TopologyDrawing(paint);
        drawing.all(topology);
        return drawing.text.toString();
    }

    private void all(Topology topology) {
        long down = topology.links().stream()
                .filter(link -> !Shown.linkState(link).equals("up"))
                .count();
        line("%s: %s, %s%s"
                .formatted(
                        paint.in(Colour.STRONG, "overlay " + topology.overlay()),
                        number(topology.nodes().size(), "node"),
                        number(topology.links().size(), "link"),
                        down == 0 ? "" : ", " + paint.in(Colour.BAD, down + " not up")));
        Map<String, JsonNode> nodes = topology.nodesByName();
        Map<String, List<JsonNode>> links = topology.linksByNode();
        Set<String> names = new TreeSet<>(nodes.keySet());
        names.addAll(links.keySet());
        for (String name : names) {
            line("");
            JsonNode node = nodes.get(name);
            line(node == null ? "%s  %s".formatted(name, paint.in(Colour.BAD, "not declared")) : heading(node));
            links(links.getOrDefault(name, List.of()));
        }
    }

    private static String number(int count, String what) {
        return "%d %s%s".formatted(count, what, count == 1 ? "" : "s");
    }

    private String heading(JsonNode node) {
        Cell state = Cell.state(Shown.nodeState(node));
        String reason = node.at("/status/reason").asText();
        return "%s  %s  %s%s%s"
                .formatted(
                        paint.in(Colour.STRONG, node.path("name").asText()),
                        node.at("/spec/datapathId").asText(),
                        paint.in(state.colour(), state.text()),
                        node.at("/spec/maintenance").asBoolean() ? paint.in(Colour.PENDING, "  maintenance") : "",
                        reason.isEmpty() ? "" : "  " + reason);
    }

    private void links(List<JsonNode> links) {
        List<List<String>> rows = new ArrayList<>();
        links.forEach(link -> rows.add(List.of(
                link.path("name").asText(),
                link.at("/spec/to/node").asText(),
                "%s → %s"
                        .formatted(
                                link.at("/spec/from/port").asText(),
                                link.at("/spec/to/port").asText()),
                Quantities.bits(link.at("/spec/capacityBits")),
                Quantities.latency(Tables.latency(link)))));
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            line(" %s %s ──▶ %s  %s  %s  %s  %s"
                    .formatted(
                            i == rows.size() - 1 ? "└─" : "├─",
                            padded(rows, row, 0),
                            padded(rows, row, 1),
                            padded(rows, row, 2),
                            padded(rows, row, 3),
                            padded(rows, row, 4),
                            use(links.get(i)) + state(links.get(i))));
        }
    }

    private static String padded(List<List<String>> rows, List<String> row, int column) {
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        return row.get(column) + " ".repeat(width - row.get(column).length());
    }

    /** Returns the reserved part of a link, such as {@code ▕████······▏ 40 %}. */
    private String use(JsonNode link) {
        int percent = Topology.percentReserved(link);
        if (percent < 0) {
            return "";
        }
        int full = Math.min(BAR, (percent * BAR + 50) / 100);
        Colour colour = percent >= NEARLY_FULL ? Colour.BAD : percent > 0 ? Colour.GOOD : Colour.FAINT;
        return "%s %3d %%  "
                .formatted(paint.in(colour, "▕" + "█".repeat(full) + "·".repeat(BAR - full) + "▏"), percent);
    }

    private String state(JsonNode link) {
        Cell state = Cell.state(Shown.linkState(link));
        String message = link.at("/status/message").asText();
        return "%s%s%s"
                .formatted(
                        paint.in(state.colour(), state.text()),
                        link.at("/spec/maintenance").asBoolean() ? paint.in(Colour.PENDING, "  maintenance") : "",
                        message.isEmpty() ? "" : "  " + message);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
