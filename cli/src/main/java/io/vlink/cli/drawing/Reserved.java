package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bandwidth reserved on each link, from the decisions of path-service. For one network the largest of its circuits
 * counts, not their sum: its traffic moves from one to the other.
 */
public final class Reserved {

    private final Map<String, Long> bits = new HashMap<>();

    /** Adds the decision about one network. */
    public void add(JsonNode decision) {
        Map<String, Long> largest = new HashMap<>();
        addCircuit(decision.path("current"), decision.path("current"), largest);
        decision.path("retiring").forEach(retiring -> {
            JsonNode circuit = retiring.path("circuit");
            // After rates were lowered, the former rates stay reserved along the circuit that had them.
            JsonNode along = retiring.has("formerOf")
                    ? circuit(decision, retiring.path("formerOf").asLong())
                    : circuit;
            addCircuit(circuit, along, largest);
        });
        largest.forEach((link, most) -> bits.merge(link, most, Long::sum));
    }

    private static JsonNode circuit(JsonNode decision, long number) {
        for (JsonNode retiring : decision.path("retiring")) {
            if (retiring.at("/circuit/number").asLong() == number) {
                return retiring.path("circuit");
            }
        }
        return decision.path("current");
    }

    private static void addCircuit(JsonNode rates, JsonNode along, Map<String, Long> largest) {
        Map<String, Long> sum = new HashMap<>();
        for (String route : List.of("forward", "reverse")) {
            addRoute(rates.path(route).path("bandwidthBits").asLong(), along.path(route), sum);
        }
        sum.forEach((link, most) -> largest.merge(link, most, Math::max));
    }

    private static void addRoute(long asked, JsonNode route, Map<String, Long> sum) {
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
