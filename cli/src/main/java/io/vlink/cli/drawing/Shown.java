package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads values from network-api's trees for several drawings. */
final class Shown {

    static final String ARROW = " → ";

    private static final String REMOVING = "removing";

    private Shown() {}

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /** Returns the nodes that traffic crosses; while no path is reserved, the two declared ends. */
    static String way(JsonNode nodes, JsonNode declared) {
        return nodes.isEmpty()
                ? "%s … %s"
                        .formatted(
                                declared.path("fromEndpoint").asText(),
                                declared.path("toEndpoint").asText())
                : String.join(ARROW, texts(nodes));
    }

    /** Returns a network's condition of the given type; a missing node if there is none. */
    static JsonNode condition(JsonNode network, String type) {
        return StreamSupport.stream(network.path("status").path("conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    /** Returns the reason why a network is not Ready, or may not be; empty if all is well or nothing is known yet. */
    static String reason(JsonNode network) {
        return wrong(network).path("reason").asText();
    }

    /** Returns the message to {@link #reason}. */
    static String message(JsonNode network) {
        return wrong(network).path("message").asText();
    }

    /** Returns the condition Ready if it is not True, else ControlLost. */
    private static JsonNode wrong(JsonNode network) {
        JsonNode ready = condition(network, "Ready");
        return ready.path("status").asText().equals("True") ? condition(network, "ControlLost") : ready;
    }

    /**
     * Returns the declared bandwidth, with that of the reverse path if it differs: {@code 20 Mbit/s, back 5 Mbit/s}.
     */
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

    /** Returns text such as {@code by 3 networks, 1 more is leaving}; empty if it is not known. */
    static String use(JsonNode item) {
        int current = item.at("/use/current").asInt();
        int leaving = item.at("/use/leaving").asInt();
        String by = current == 1 ? "by 1 network" : "by %s networks".formatted(current == 0 ? "no" : current);
        return !item.has("use") && !item.has("reservedBits")
                ? ""
                : leaving == 0 ? by : "%s, %d more %s leaving".formatted(by, leaving, leaving == 1 ? "is" : "are");
    }
}
