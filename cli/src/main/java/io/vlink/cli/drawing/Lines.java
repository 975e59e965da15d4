package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.kinds.Kind;

/** Draws the current state of a resource on one line. */
public final class Lines {

    private Lines() {}

    public static String of(Kind kind, JsonNode item, Paint paint) {
        return switch (kind) {
            case NETWORK ->
                line(
                        paint,
                        item.at("/status/phase").asText("Pending"),
                        Shown.way(item.at("/status/forward"), item.at("/spec/path")),
                        Shown.reason(item));
            case ATTACHMENT ->
                line(
                        paint,
                        Tables.holds(item).equals("yes") ? "holds" : Tables.holds(item),
                        Shown.end(item.path("spec")),
                        item.at("/status/reason").asText());
            case NODE ->
                line(
                        paint,
                        Shown.nodeState(item),
                        item.at("/spec/datapathId").asText(),
                        item.at("/status/reason").asText());
            case LINK ->
                line(
                        paint,
                        Shown.linkState(item),
                        "%s → %s".formatted(Shown.end(item.at("/spec/from")), Shown.end(item.at("/spec/to"))),
                        item.at("/status/message").asText());
            case SERVICE ->
                line(
                        paint,
                        item.path("state").asText(),
                        Tables.instances(item),
                        item.path("message").asText());
            case SWITCH ->
                line(
                        paint,
                        item.path("state").asText(),
                        "%s %s".formatted(String.join(",", Shown.texts(item.path("nodes"))), Tables.portsUp(item)),
                        item.path("reason").asText());
        };
    }

    private static String line(Paint paint, String state, String what, String why) {
        Cell cell = Cell.state(state);
        String gap = " ".repeat(Math.max(0, 12 - cell.width()));
        return "%s%s  %s%s".formatted(paint.in(cell.colour(), cell.text()), gap, what, why.isEmpty() ? "" : "  " + why);
    }
}
