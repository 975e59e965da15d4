package io.vlink.log;

import io.vlink.events.Topic;
import java.util.List;

/** What becomes of records of older builds, and of records for older builds: the one list of conversions. */
final class Conversions {

    /** In any order. Those of one topic follow each other without a gap, up to the newest that {@link Topic} names. */
    static final List<Step> ALL = List.of(
            new Step(Topic.PATHS, 1, CircuitsAsGraphs::ofDecision, CircuitsAsLists::ofDecision),
            new Step(Topic.RESTING, 1, CircuitsAsGraphs::ofRest, CircuitsAsLists::ofRest),
            // One step for all: rules say where they stand, need not be a network's, and are short.
            new Step(Topic.RULES, 1, RulesInShort::ofSet, RulesInFull::ofSet),
            new Step(Topic.RULE_STATES, 1, RulesInShort::ofState, RulesInFull::ofState));

    private Conversions() {}

    /**
     * One conversion, there and back.
     *
     * @param from the schema number that {@code conversion} takes; it makes the next one
     * @param back its inverse, for suites that are not finalised; refuses what the shape of before cannot say
     */
    record Step(Topic topic, int from, Conversion conversion, Conversion back) {}
}
