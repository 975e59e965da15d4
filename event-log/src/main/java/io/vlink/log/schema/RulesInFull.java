package io.vlink.log.schema;

import static io.vlink.log.schema.CircuitsAsGraphs.copy;
import static io.vlink.log.schema.CircuitsAsGraphs.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Converts short records of rules to the full form, for builds with one table, no owners except networks, and no
 * groups: the exact inverse of {@link RulesInShort}. Refuses what the full form cannot express; such records must not
 * be created before the suite is finalised for them.
 */
final class RulesInFull {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String REVISION = "revision";
    private static final String APPLIED = "applied";
    private static final String LABEL = "label";
    private static final String COOKIE = "cookie";

    /** Mark and kind of a cookie that leaves them out. */
    private static final String FORWARDING = "0x564c1";

    private static final int COOKIE_LENGTH = 18;
    /** Priorities of rules that leave theirs out. */
    private static final int WITH_LABEL = 200;

    private static final int WITHOUT = 100;

    private RulesInFull() {}

    /** Converts a rule set of {@code vlink.rules}. */
    static ObjectNode ofSet(ObjectNode set) {
        if (!set.hasNonNull("network")) {
            throw new IllegalArgumentException(
                    "The rule set of %s cannot be written in schema number 1, in which only networks own rules."
                            .formatted(set.path("link").asText()));
        }
        if (set.has("groups")) {
            throw new IllegalArgumentException(
                    "The rule set of %s cannot be written in schema number 1, which has no groups."
                            .formatted(set.path("network").asText()));
        }
        ObjectNode old = NODES.objectNode();
        copy(set, "datapathId", old);
        copy(set, "network", old);
        old.set(REVISION, revision(set));
        old.set("meters", set.has("meters") ? set.path("meters") : NODES.arrayNode());
        ArrayNode rules = old.putArray("rules");
        for (JsonNode rule : required(set, "rules")) {
            rules.add(rule(rule));
        }
        return old;
    }

    /**
     * Converts a state of {@code vlink.rule-states}. A gateway that started before the suite was finalised also reports
     * rule sets of links, which no earlier build reads.
     */
    static ObjectNode ofState(ObjectNode state) {
        ObjectNode old = NODES.objectNode();
        for (Map.Entry<String, JsonNode> field : state.properties()) {
            if (field.getKey().equals(REVISION)) {
                old.set(REVISION, revision(state));
                old.put(APPLIED, state.path(APPLIED).asBoolean(true));
            } else if (!field.getKey().equals(APPLIED)) {
                old.set(field.getKey(), field.getValue());
            }
        }
        return old;
    }

    private static ObjectNode revision(ObjectNode now) {
        String[] parts = required(now, REVISION).asText().split("\\.", -1);
        return NODES.objectNode()
                .put("generation", Long.parseLong(parts[0]))
                .put("step", Long.parseLong(parts[1]))
                .put("stage", Integer.parseInt(parts[2]));
    }

    private static ObjectNode rule(JsonNode rule) {
        ObjectNode old = NODES.objectNode();
        String cookie = cookie(required(rule, COOKIE).asText());
        if (rule.path("table").asInt(-1) != 0) {
            throw new IllegalArgumentException("The rule %s is in table %s; in schema number 1 it can only be 0."
                    .formatted(cookie, rule.path("table").asText("2")));
        }
        old.put(COOKIE, cookie);
        old.put("priority", rule.path("priority").asInt(rule.has(LABEL) ? WITH_LABEL : WITHOUT));
        ObjectNode match = old.putObject("match");
        match.set("inPort", required(rule, "inPort"));
        copy(rule, LABEL, match);
        ArrayNode actions = old.putArray("actions");
        for (JsonNode action : required(rule, "actions")) {
            actions.add(action(action.asText(), cookie));
        }
        return old;
    }

    private static String cookie(String now) {
        return now.startsWith("0x")
                ? now
                : FORWARDING + "0".repeat(COOKIE_LENGTH - FORWARDING.length() - now.length()) + now;
    }

    private static ObjectNode action(String text, String cookie) {
        String[] parts = text.split(" ", 2);
        ObjectNode old = NODES.objectNode().put("do", parts[0]);
        return switch (parts[0]) {
            case "meter" -> old.put("meter", Integer.parseInt(parts[1]));
            case "push", "swap" -> old.put(LABEL, parts[1]);
            case "output" -> old.put("port", Long.parseLong(parts[1]));
            case "pop" -> old;
            default ->
                throw new IllegalArgumentException(
                        "The rule %s has the action %s, which schema number 1 does not have.".formatted(cookie, text));
        };
    }
}
