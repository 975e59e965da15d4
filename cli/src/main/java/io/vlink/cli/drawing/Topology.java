package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The nodes and links of one overlay, as read from network-api.
 *
 * @param nodes by name
 * @param links by name
 */
public record Topology(String overlay, List<JsonNode> nodes, List<JsonNode> links) {

    public Topology {
        nodes = List.copyOf(nodes);
        links = List.copyOf(links);
    }

    /** Returns the links by their first node, which may not be declared. */
    Map<String, List<JsonNode>> linksByNode() {
        return links.stream()
                .collect(Collectors.groupingBy(
                        link -> link.at("/spec/from/node").asText(), TreeMap::new, Collectors.toList()));
    }

    Map<String, JsonNode> nodesByName() {
        return nodes.stream()
                .collect(Collectors.toMap(
                        node -> node.path("name").asText(), Function.identity(), (a, b) -> a, TreeMap::new));
    }

    /** Returns the reserved part of a link's capacity in percent; negative if unknown. */
    static int percentReserved(JsonNode link) {
        long capacity = link.at("/spec/capacityBits").asLong();
        return !link.path("reservedBits").isNumber() || capacity == 0
                ? -1
                : (int) Math.min(
                        999, Math.round(100.0 * link.path("reservedBits").asLong() / capacity));
    }
}
