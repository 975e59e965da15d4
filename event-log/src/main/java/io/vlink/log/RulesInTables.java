package io.vlink.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Rules stood in one table, the first, and did not say so; now those that say nothing stand in that of forwarding. */
final class RulesInTables {

    private static final String TABLE = "table";

    private RulesInTables() {}

    /** A rule set of {@code vlink.rules}. */
    static ObjectNode ofSet(ObjectNode set) {
        for (JsonNode rule : set.path("rules")) {
            object(rule).put(TABLE, 0);
        }
        return set;
    }

    /** The inverse. Refuses rules of other tables, which are not to be made before a suite was finalised for them. */
    static ObjectNode inTheFirst(ObjectNode set) {
        for (JsonNode rule : set.path("rules")) {
            JsonNode table = object(rule).remove(TABLE);
            if (table == null || table.asInt(-1) != 0) {
                throw new IllegalArgumentException(
                        "The rule %s stands in table %s; of schema number 1 it can only be 0."
                                .formatted(rule.path("cookie").asText(), table == null ? "2" : table));
            }
        }
        return set;
    }

    private static ObjectNode object(JsonNode rule) {
        if (rule instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("A rule must be an object.");
    }
}
