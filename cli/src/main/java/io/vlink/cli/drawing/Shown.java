package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What several drawings read out of the trees of network-api. */
final class Shown {

    static final String ARROW = " → ";

    private static final String REMOVING = "removing";

    private Shown() {}

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /** The nodes that traffic crosses; while none is reserved, those that it shall join. */
    static String way(JsonNode nodes, JsonNode declared) {
        return nodes.isEmpty()
                ? "%s … %s"
                        .formatted(
                                declared.path("fromEndpoint").asText(),
                                declared.path("toEndpoint").asText())
                : String.join(ARROW, texts(nodes));
    }

    /** The condition of a type of a network; a missing node where there is none. */
    static JsonNode condition(JsonNode network, String type) {
        return StreamSupport.stream(network.path("status").path("conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    /** Why it is not Ready, or may not be though it says so, in one word; empty where all is well, or nothing known yet. */
    static String reason(JsonNode network) {
        return wrong(network).path("reason").asText();
    }

    /** The same for people. */
    static String message(JsonNode network) {
        return wrong(network).path("message").asText();
    }

    /** The condition that says why it is not Ready, or what casts doubt on it. */
    private static JsonNode wrong(JsonNode network) {
        JsonNode ready = condition(network, "Ready");
        return ready.path("status").asText().equals("True") ? condition(network, "ControlLost") : ready;
    }

    /** What the forward path shall have; with the way back where that differs: {@code 20 Mbit/s, back 5 Mbit/s}. */
    static String bandwidth(JsonNode spec) {
        String forward = bandwidthOf(spec.path("path"));
        String reverse = spec.has("reversePath") ? bandwidthOf(spec.path("reversePath")) : forward;
        return forward.equals(reverse) ? forward : "%s, back %s".formatted(forward, reverse);
    }

    private static String bandwidthOf(JsonNode path) {
        String bits = Quantities.bits(path.path("capabilities").path("bandwidthBits"));
        return bits.isEmpty() ? "best effort" : bits;
    }

    static String portState(JsonNode port) {
        boolean up = port.path("up").asBoolean();
        boolean blocked =
                port.path("sending").isObject() || port.path("receiving").isObject();
        return !up ? "down" : blocked ? "blocked" : "up";
    }

    static String linkState(JsonNode link) {
        if (link.path("withdrawn").asBoolean()) {
            return REMOVING;
        }
        JsonNode status = link.path("status");
        return status.isMissingNode() ? "unknown" : status.path("up").asBoolean() ? "up" : "down";
    }

    static String nodeState(JsonNode node) {
        return node.path("withdrawn").asBoolean()
                ? REMOVING
                : node.path("status").path("state").asText("unknown");
    }

    static String end(JsonNode end) {
        return "%s:%s".formatted(end.path("node").asText(), end.path("port").asText());
    }
}
