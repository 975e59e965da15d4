package io.vlink.log.schema;

import static io.vlink.log.schema.CircuitsAsGraphs.copy;
import static io.vlink.log.schema.CircuitsAsGraphs.object;
import static io.vlink.log.schema.CircuitsAsGraphs.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Converts records of rules, and of their states, from the full form to the short one. In the full form there was only
 * the first table, which rules did not name; now a rule without a table is in the forwarding table. All rules belonged
 * to networks.
 */
final class RulesInShort {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String REVISION = "revision";

    private RulesInShort() {}

    /**
     * Converts a rule set of {@code vlink.rules}. It always had meters, at least an empty list; now absent meters mean
     * none.
     */
    static ObjectNode ofSet(ObjectNode old) {
        ObjectNode set = NODES.objectNode();
        copy(old, "datapathId", set);
        copy(old, "network", set);
        set.put(REVISION, revision(old));
        set.set("meters", required(old, "meters"));
        if (old.path("rules") instanceof ArrayNode then) {
            ArrayNode rules = set.putArray("rules");
            then.forEach(rule -> rules.add(rule(rule)));
        }
        return set;
    }

    /** Converts a state of {@code vlink.rule-states}. */
    static ObjectNode ofState(ObjectNode state) {
        required(state, "applied");
        return state.put(REVISION, revision(state));
    }

    private static String revision(ObjectNode old) {
        ObjectNode revision = object(old, REVISION);
        return "%s.%s.%s"
                .formatted(
                        required(revision, "generation").asText(),
                        required(revision, "step").asText(),
                        required(revision, "stage").asText());
    }

    /**
     * Converts a rule. Absent fields remain absent, and the reader reports them. Fields whose absence has a meaning now
     * must be present.
     */
    private static ObjectNode rule(JsonNode then) {
        if (!(then instanceof ObjectNode old)) {
            throw new IllegalArgumentException("A rule must be an object.");
        }
        ObjectNode rule = NODES.objectNode();
        copy(old, "cookie", rule);
        rule.set("priority", required(old, "priority"));
        copy(old.path("match"), "inPort", rule);
        copy(old.path("match"), "label", rule);
        if (old.path("actions") instanceof ArrayNode before) {
            ArrayNode actions = rule.putArray("actions");
            before.forEach(action -> actions.add(action(action)));
        }
        return rule.put("table", 0);
    }

    private static String action(JsonNode old) {
        String word = required(old, "do").asText();
        return switch (word) {
            case "meter" -> word + " " + required(old, "meter").asText();
            case "push", "swap" -> word + " " + required(old, "label").asText();
            case "output" -> word + " " + required(old, "port").asText();
            case "pop" -> word;
            default ->
                throw new IllegalArgumentException(
                        "The action (do: %s) must be meter, push, swap, output or pop.".formatted(word));
        };
    }
}
