package io.vlink.log.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Converts circuits from two ends with forward and reverse lists of hops to graphs. In the lists each side of a link
 * has its own port and label; in a graph the lane at the sending face has both.
 */
final class CircuitsAsGraphs {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String CIRCUIT = "circuit";
    private static final String NODE = "node";

    private CircuitsAsGraphs() {}

    /** Converts a decision of {@code vlink.paths}. */
    static ObjectNode ofDecision(ObjectNode decision) {
        if (decision.hasNonNull("current")) {
            decision.set("current", circuit(object(decision, "current"), false));
        }
        for (JsonNode element : decision.path("retiring")) {
            if (!(element instanceof ObjectNode removal)) {
                throw new IllegalArgumentException("Each element of retiring must be an object.");
            }
            removal.set(CIRCUIT, circuit(object(removal, CIRCUIT), removal.hasNonNull("formerOf")));
        }
        return decision;
    }

    /** Converts a record of {@code vlink.resting}. */
    static ObjectNode ofQuarantined(ObjectNode quarantined) {
        quarantined.set(CIRCUIT, circuit(object(quarantined, CIRCUIT), quarantined.hasNonNull("network")));
        return quarantined;
    }

    /** Converts a circuit; {@code former}: it contains only what was left at renumbered ports. */
    private static ObjectNode circuit(ObjectNode old, boolean former) {
        ObjectNode circuit = NODES.objectNode();
        circuit.set("number", required(old, "number"));
        circuit.set("generation", required(old, "generation"));
        ObjectNode nodes = circuit.putObject("nodes");
        ArrayNode endpoints = circuit.putArray("ends");
        for (String name : new String[] {"from", "to"}) {
            ObjectNode endpoint = object(old, name).deepCopy();
            nodes.set(required(endpoint, NODE).asText(), required(endpoint, "datapathId"));
            endpoint.remove("datapathId");
            endpoints.add(endpoint);
        }
        ArrayNode routes = circuit.putArray("routes");
        for (String direction : new String[] {"forward", "reverse"}) {
            routes.add(route(object(old, direction), routes.size(), former, nodes));
        }
        return circuit;
    }

    private static ObjectNode route(ObjectNode old, int from, boolean former, ObjectNode nodes) {
        ObjectNode route = NODES.objectNode();
        copy(old, "name", route);
        ArrayNode hops = route.putArray("hops");
        JsonNode before = required(old, "hops");
        for (int i = 0; i < before.size(); i++) {
            JsonNode hop = before.get(i);
            nodes.set(required(hop, NODE).asText(), required(hop, "datapathId"));
            ObjectNode now = hops.addObject();
            now.set(NODE, required(hop, NODE));
            if (former) {
                addLeft(hop, now);
            } else {
                addWhole(hop, before.path(i + 1), i == 0, from, now);
            }
        }
        copy(old, "bandwidthBits", route);
        route.set("latencyNanos", required(old, "latencyNanos"));
        copy(old, "meter", route);
        return route;
    }

    private static void addWhole(JsonNode hop, JsonNode next, boolean first, int from, ObjectNode now) {
        if (first) {
            now.put("from", from);
        }
        if (!hop.hasNonNull("outLink")) {
            now.put("to", 1 - from);
        } else if (required(hop, "outLink").equals(next.path("inLink"))) {
            now.put("lane", lane(hop, "out", side(hop, "out"), side(next, "in")));
        } else {
            throw new IllegalArgumentException(
                    "The link %s leads to no hop.".formatted(hop.path("outLink").asText()));
        }
    }

    private static void addLeft(JsonNode hop, ObjectNode now) {
        if (hop.hasNonNull("inLink")) {
            now.putArray("lanes").add(lane(hop, "in", "=", side(hop, "in")));
        }
        if (hop.hasNonNull("outLink")) {
            now.putArray("branches")
                    .addObject()
                    .putArray("faces")
                    .addObject()
                    .put("lane", lane(hop, "out", side(hop, "out"), "="))
                    .put("next", -1);
        }
    }

    private static String lane(JsonNode hop, String side, String out, String in) {
        return "%s/%s/%s/%s"
                .formatted(
                        required(hop, side + "Link").asText(),
                        required(hop, side + "Label").asText(),
                        out,
                        in);
    }

    private static String side(JsonNode hop, String side) {
        return hop.path(side + "Locator").asText("") + "="
                + hop.path(side + "Port").asText("");
    }

    static ObjectNode object(ObjectNode record, String field) {
        if (record.path(field) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("The field %s must be an object.".formatted(field));
    }

    static JsonNode required(JsonNode record, String field) {
        JsonNode value = record.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalArgumentException("The field %s is missing.".formatted(field));
        }
        return value;
    }

    static void copy(JsonNode old, String field, ObjectNode into) {
        if (old.hasNonNull(field)) {
            into.set(field, old.path(field));
        }
    }
}
