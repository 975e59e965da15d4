package io.vlink.log.schema;

import static io.vlink.log.schema.CircuitsAsGraphs.copy;
import static io.vlink.log.schema.CircuitsAsGraphs.object;
import static io.vlink.log.schema.CircuitsAsGraphs.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Converts circuits from graphs to two ends with forward and reverse lists of hops, which earlier builds read: the
 * inverse of {@link CircuitsAsGraphs}. Such lists can only express straight paths. Other circuits are refused, and must
 * not be created before the suite is finalised for graphs.
 */
final class CircuitsAsLists {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String CIRCUIT = "circuit";
    private static final String NODE = "node";
    private static final String SWITCH = "datapathId";
    private static final String LANE = "lane";
    private static final int LANE_PARTS = 4;

    private CircuitsAsLists() {}

    /** Converts a decision of {@code vlink.paths}. */
    static ObjectNode ofDecision(ObjectNode decision) {
        if (decision.hasNonNull("current")) {
            decision.set("current", circuit(object(decision, "current")));
        }
        for (JsonNode element : decision.path("retiring")) {
            if (!(element instanceof ObjectNode removal)) {
                throw new IllegalArgumentException("Each element of retiring must be an object.");
            }
            removal.set(CIRCUIT, circuit(object(removal, CIRCUIT)));
        }
        return decision;
    }

    /** Converts a record of {@code vlink.resting}. */
    static ObjectNode ofQuarantined(ObjectNode quarantined) {
        quarantined.set(CIRCUIT, circuit(object(quarantined, CIRCUIT)));
        return quarantined;
    }

    private static ObjectNode circuit(ObjectNode graph) {
        JsonNode endpoints = required(graph, "ends");
        JsonNode routes = required(graph, "routes");
        if (endpoints.size() != 2 || routes.size() != 2) {
            throw new IllegalArgumentException(
                    "A circuit in the form of hop lists must have two ends, not %d, and two routes, not %d."
                            .formatted(endpoints.size(), routes.size()));
        }
        ObjectNode nodes = object(graph, "nodes");
        ObjectNode circuit = NODES.objectNode();
        circuit.set("number", required(graph, "number"));
        circuit.set("generation", required(graph, "generation"));
        circuit.set("from", endpoint(endpoints.get(0), nodes));
        circuit.set("to", endpoint(endpoints.get(1), nodes));
        circuit.set("forward", route(routes.get(0), 0, nodes));
        circuit.set("reverse", route(routes.get(1), 1, nodes));
        return circuit;
    }

    private static ObjectNode endpoint(JsonNode now, ObjectNode nodes) {
        ObjectNode endpoint = crossing(now, nodes);
        copy(now, "attachment", endpoint);
        copy(now, "port", endpoint);
        return endpoint;
    }

    private static ObjectNode crossing(JsonNode now, ObjectNode nodes) {
        ObjectNode crossing = NODES.objectNode();
        JsonNode node = required(now, NODE);
        crossing.set(NODE, node);
        crossing.set(SWITCH, required(nodes, node.asText()));
        return crossing;
    }

    private static ObjectNode route(JsonNode now, int from, ObjectNode nodes) {
        ObjectNode route = NODES.objectNode();
        copy(now, "name", route);
        JsonNode hops = required(now, "hops");
        var before = route.putArray("hops");
        for (int i = 0; i < hops.size(); i++) {
            JsonNode hop = hops.get(i);
            checkStraight(hop, i == 0, i == hops.size() - 1, from);
            ObjectNode was = crossing(hop, nodes);
            if (i > 0 && hops.get(i - 1).hasNonNull(LANE)) {
                putIn(required(hops.get(i - 1), LANE).asText(), was);
            }
            for (JsonNode unled : hop.path("lanes")) {
                putIn(unled.asText(), was);
            }
            if (hop.hasNonNull(LANE)) {
                putOut(required(hop, LANE).asText(), was);
            }
            JsonNode left = hop.at("/branches/0/faces/0/lane");
            if (left.isTextual()) {
                putOut(left.asText(), was);
            }
            before.add(was);
        }
        copy(now, "bandwidthBits", route);
        route.set("latencyNanos", required(now, "latencyNanos"));
        copy(now, "meter", route);
        return route;
    }

    /**
     * A list can express neither entries elsewhere than at the first hop, nor a second way in or out, nor a lane to
     * another hop than the next.
     */
    private static void checkStraight(JsonNode hop, boolean first, boolean last, int from) {
        JsonNode branches = hop.path("branches");
        JsonNode face = branches.at("/0/faces/0");
        boolean entered = !hop.hasNonNull("from") || (first && hop.path("from").asInt() == from);
        boolean left = !hop.hasNonNull("to") || (last && hop.path("to").asInt() == 1 - from);
        boolean led = !hop.hasNonNull(LANE) || !last;
        boolean oneWay = hop.path("lanes").size() <= 1
                && branches.size() <= 1
                && branches.path(0).path("faces").size() <= 1;
        boolean nowhere = branches.isEmpty()
                || (face.path("next").asInt() == -1 && face.hasNonNull(LANE) && !face.hasNonNull("role"));
        if (hop.hasNonNull("id") || !entered || !left || !led || !oneWay || !nowhere) {
            throw new IllegalArgumentException(
                    "The hop at %s cannot be written in a list of hops: it is not crossed straight."
                            .formatted(hop.path(NODE).asText()));
        }
    }

    private static void putOut(String lane, ObjectNode hop) {
        String[] parts = parts(lane);
        put("out", parts[0], parts[1], parts[2], hop);
    }

    private static void putIn(String lane, ObjectNode hop) {
        String[] parts = parts(lane);
        put("in", parts[0], parts[1], parts[3], hop);
    }

    private static void put(String side, String link, String label, String port, ObjectNode hop) {
        // A locator may contain an equals sign, a number cannot: the last one separates them.
        int equals = port.lastIndexOf('=');
        hop.put(side + "Link", link);
        hop.put(side + "Label", label);
        if (equals + 1 < port.length()) {
            hop.put(side + "Port", Long.parseLong(port.substring(equals + 1)));
        }
        if (equals > 0) {
            hop.put(side + "Locator", port.substring(0, equals));
        }
    }

    private static String[] parts(String lane) {
        String[] parts = lane.split("/", -1);
        if (parts.length != LANE_PARTS) {
            throw new IllegalArgumentException("The lane (%s) must be a link, a label and two ports.".formatted(lane));
        }
        return parts;
    }
}
