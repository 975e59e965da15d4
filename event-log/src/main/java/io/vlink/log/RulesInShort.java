package io.vlink.log;

import static io.vlink.log.CircuitsAsGraphs.copy;
import static io.vlink.log.CircuitsAsGraphs.object;
import static io.vlink.log.CircuitsAsGraphs.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes short records of rules, and of what became of them, of those that said each thing in full. Then there was one table, the
 * first, which rules did not name; now those that name none stand in that of forwarding. Then all were networks'.
 */
final class RulesInShort {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String REVISION = "revision";

    private RulesInShort() {}

    /** A rule set of {@code vlink.rules}. Then it always had meters, if only an empty list: now none means none wanted. */
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

    /** A state of {@code vlink.rule-states}. */
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

    /** What is absent in it is so in what comes of it, and is told by the reader; of what has a value by now if absent it is refused. */
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
