package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Bandwidth that is reserved on each link, from the decisions of path-service. Of one network's circuits the largest
 * counts, not their sum: its traffic moves from one to the other.
 */
public final class Reserved {

    private final Map<String, Long> bits = new HashMap<>();

    /** Takes in the decision about one network. */
    public void add(JsonNode decision) {
        Map<String, Long> largest = new HashMap<>();
        addCircuit(decision.path("current"), largest);
        decision.path("retiring").forEach(retiring -> addCircuit(retiring.path("circuit"), largest));
        largest.forEach((link, most) -> bits.merge(link, most, Long::sum));
    }

    private static void addCircuit(JsonNode circuit, Map<String, Long> largest) {
        Map<String, Long> sum = new HashMap<>();
        addRoute(circuit.path("forward"), sum);
        addRoute(circuit.path("reverse"), sum);
        sum.forEach((link, most) -> largest.merge(link, most, Math::max));
    }

    private static void addRoute(JsonNode route, Map<String, Long> sum) {
        long asked = route.path("bandwidthBits").asLong();
        for (JsonNode hop : route.path("hops")) {
            if (asked > 0 && hop.has("outLink")) {
                sum.merge(hop.path("outLink").asText(), asked, Long::sum);
            }
        }
    }

    public long on(String link) {
        return bits.getOrDefault(link, 0L);
    }
}
