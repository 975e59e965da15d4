package io.vlink.log.schema;

import io.vlink.events.Topic;
import java.util.List;

/** All conversions: of records from earlier builds, and for earlier builds. */
public final class Conversions {

    /**
     * In any order. The conversions of one topic cover all numbers without a gap, up to the newest in {@link Topic}.
     */
    public static final List<ConversionPair> ALL = List.of(
            new ConversionPair(Topic.PATHS, 1, CircuitsAsGraphs::ofDecision, CircuitsAsLists::ofDecision),
            new ConversionPair(Topic.RESTING, 1, CircuitsAsGraphs::ofQuarantined, CircuitsAsLists::ofQuarantined),
            // One step for all changes: rules name their table, need not belong to a network, and are short.
            new ConversionPair(Topic.RULES, 1, RulesInShort::ofSet, RulesInFull::ofSet),
            new ConversionPair(Topic.RULE_STATES, 1, RulesInShort::ofState, RulesInFull::ofState));

    private Conversions() {}

    /**
     * A conversion and its inverse.
     *
     * @param from the schema number that {@code conversion} reads; it produces the next one
     * @param back the inverse, for suites that are not finalised; refuses what the previous form cannot express
     */
    public record ConversionPair(Topic topic, int from, Conversion conversion, Conversion back) {}
}
