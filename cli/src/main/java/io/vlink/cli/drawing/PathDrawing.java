package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.drawing.Paint.Colour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws the path of a network hop by hop, in both directions, with the counters of each switch. */
public final class PathDrawing {

    private final Instant now;
    private final Paint paint;
    private final StringBuilder text = new StringBuilder();

    private PathDrawing(Instant now, Paint paint) {
        this.now = now;
        this.paint = paint;
    }

    /** Draws the {@code path} of a network from network-api. */
    public static String draw(String network, JsonNode path, Instant now, Paint paint) {
        PathDrawing drawing = new PathDrawing(now, paint);
        drawing.all(network, path);
        return drawing.text.toString();
    }

    private void all(String network, JsonNode path) {
        Cell outcome = Cell.state(path.path("outcome").asText());
        line("%s  %s%s"
                .formatted(
                        paint.in(Colour.STRONG, network),
                        paint.in(outcome.colour(), outcome.text()),
                        path.has("circuit")
                                ? "  circuit " + path.path("circuit").asText()
                                : ""));
        path.path("violations")
                .forEach(violation -> line("  %s  %s  %s"
                        .formatted(
                                violation.path("field").asText(),
                                violation.path("reason").asText(),
                                violation.path("message").asText())));
        if (!path.path("retiring").isEmpty()) {
            line("being removed: circuits " + String.join(", ", Shown.texts(path.path("retiring"))));
        }
        direction("forward", Colour.FORWARD, path.path("forward"));
        direction("reverse", Colour.REVERSE, path.path("reverse"));
    }

    private void direction(String name, Colour colour, JsonNode route) {
        if (route.isMissingNode()) {
            return;
        }
        line("");
        line("%s  %s".formatted(paint.in(colour, name), String.join("  ", promises(route))));
        List<JsonNode> hops = new ArrayList<>();
        route.path("hops").forEach(hops::add);
        int width = hops.stream()
                .mapToInt(hop -> hop.path("node").asText().length())
                .max()
                .orElse(0);
        int digits = hops.stream()
                .mapToInt(hop -> Quantities.count(hop.path("packets")).length())
                .max()
                .orElse(0);
        for (int i = 0; i < hops.size(); i++) {
            JsonNode hop = hops.get(i);
            if (i == 0) {
                step(colour, "from " + port(hop, "in"));
            }
            line("  %s  %s"
                    .formatted(
                            paint.in(Colour.STRONG, padded(hop.path("node").asText(), width)), counted(hop, digits)));
            if (hop.has("droppedPackets")) {
                step(colour, dropped(hop, route));
            }
            step(colour, i == hops.size() - 1 ? "to " + port(hop, "out") : link(hop, hops.get(i + 1)));
        }
    }

    private List<String> promises(JsonNode route) {
        List<String> promises = new ArrayList<>();
        if (route.has("name")) {
            promises.add(route.path("name").asText());
        }
        String bits = Quantities.bits(route.path("bandwidthBits"));
        promises.add(bits.isEmpty() ? "best effort" : bits + " reserved and policed");
        promises.add(Quantities.latency(route.path("latencyNanos")));
        return promises;
    }

    private String counted(JsonNode hop, int digits) {
        String counted = hop.has("packets")
                ? "%s packets  %s  %s"
                        .formatted(
                                " "
                                                .repeat(digits
                                                        - Quantities.count(hop.path("packets"))
                                                                .length())
                                        + Quantities.count(hop.path("packets")),
                                Quantities.bytes(hop.path("bytes")),
                                paint.in(Colour.FAINT, "%s ago".formatted(Quantities.age(hop.path("readAt"), now))))
                : paint.in(Colour.FAINT, "nothing counted yet");
        return "%s  %s".formatted(hop.path("datapathId").asText(), counted);
    }

    /** Returns text such as {@code dropped above 20 Mbit/s: 3,021 packets, 4.36 MB}. */
    static String dropped(JsonNode hop, JsonNode route) {
        String bits = Quantities.bits(route.path("bandwidthBits"));
        String above = bits.isEmpty() ? "by its meter" : "above " + bits;
        return hop.path("droppedPackets").asLong() == 0
                ? "nothing dropped " + above
                : "dropped %s: %s packets, %s"
                        .formatted(
                                above,
                                Quantities.count(hop.path("droppedPackets")),
                                Quantities.bytes(hop.path("droppedBytes")));
    }

    private static String link(JsonNode hop, JsonNode next) {
        return "%s ── %s, %s ── %s"
                .formatted(
                        port(hop, "out"),
                        hop.path("outLink").asText(),
                        hop.path("outLabel").asText().replace(':', ' '),
                        port(next, "in"));
    }

    private static String port(JsonNode hop, String way) {
        JsonNode number = hop.path(way + "Port");
        String name = hop.path(way + "PortName").asText();
        if (number.isMissingNode()) {
            return name.isEmpty() ? "a port not known yet" : "port %s, not there yet".formatted(name);
        }
        return "port %s%s".formatted(number.asText(), name.isEmpty() ? "" : " (%s)".formatted(name));
    }

    private void step(Colour colour, String what) {
        line("    %s  %s".formatted(paint.in(colour, "│"), what));
    }

    private static String padded(String word, int width) {
        return word + " ".repeat(width - word.length());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
