package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Draws the result of a dry run of a network. */
public final class DryRunDrawing {

    private DryRunDrawing() {}

    /** Draws the paths and the attachments, without the reasons of a refusal. */
    public static String draw(JsonNode result) {
        StringBuilder text = new StringBuilder();
        way(text, "forward", result.path("forward"));
        way(text, "reverse", result.path("reverse"));
        result.path("attachments")
                .forEach(attachment -> text.append("  %s at %s %s%s\n"
                        .formatted(
                                attachment.path("attachment").asText(),
                                attachment.path("node").asText(),
                                attachment.path("holds").asBoolean() ? "would hold its end" : "would hold no end",
                                attachment.has("message")
                                        ? ": " + attachment.path("message").asText()
                                        : "")));
        return text.toString();
    }

    private static void way(StringBuilder text, String name, JsonNode route) {
        if (!route.isObject()) {
            return;
        }
        String bits = Quantities.bits(route.path("bandwidthBits"));
        text.append("  %s  %s  %s  %s\n"
                .formatted(
                        name,
                        String.join(Shown.ARROW, Shown.texts(route.path("nodes"))),
                        bits.isEmpty() ? "best effort" : bits,
                        Quantities.latency(route.path("latencyNanos"))));
        List<String> links = new ArrayList<>();
        for (JsonNode link : route.path("links")) {
            links.add("%s %s of %s, %s labels"
                    .formatted(
                            link.path("link").asText(),
                            Quantities.bits(link.path("freeBits")),
                            Quantities.bits(link.path("capacityBits")),
                            Quantities.count(link.path("freeLabels"))));
        }
        if (!links.isEmpty()) {
            text.append("    free: %s\n".formatted(String.join("; ", links)));
        }
    }
}
