package io.vlink.log;

import static io.vlink.log.CircuitsAsGraphs.copy;
import static io.vlink.log.CircuitsAsGraphs.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Makes of short records of rules what builds read that knew one table, no owners but networks and no groups: the inverse of
 * {@link RulesInShort}, to the byte. What such a build could not say is refused, and is not to be made before a suite was
 * finalised for it.
 */
final class RulesInFull {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String REVISION = "revision";
    private static final String APPLIED = "applied";
    private static final String LABEL = "label";
    private static final String COOKIE = "cookie";

    /** Mark and kind of a cookie that does not say them. */
    private static final String FORWARDING = "0x564c1";

    private static final int COOKIE_LENGTH = 18;
    /** Priorities of rules that do not say theirs. */
    private static final int WITH_LABEL = 200;

    private static final int WITHOUT = 100;

    private RulesInFull() {}

    /** A rule set of {@code vlink.rules}. */
    static ObjectNode ofSet(ObjectNode set) {
        if (!set.hasNonNull("network")) {
            throw new IllegalArgumentException(
                    "A rule set of %s cannot be said where networks are the only owners of rules."
                            .formatted(set.path("link").asText()));
        }
        if (set.has("groups")) {
            throw new IllegalArgumentException("A rule set with groups cannot be said where there are none: that of %s."
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
     * A state of {@code vlink.rule-states}. A gateway that began before the suite was finalised also tells of links' sets, which
     * nobody of before is there to read.
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
            throw new IllegalArgumentException("The rule %s stands in table %s; of schema number 1 it can only be 0."
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
                        "The rule %s has the action %s, which cannot be said in schema number 1."
                                .formatted(cookie, text));
        };
    }
}
