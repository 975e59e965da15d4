package io.vlink.log;

import io.vlink.events.Topic;
import java.util.List;

/** What becomes of records of older builds, and of records for older builds: the one list of conversions. */
final class Conversions {

    /** In any order. Those of one topic follow each other without a gap, up to the newest that {@link Topic} names. */
    static final List<Step> ALL = List.of(
            new Step(Topic.PATHS, 1, CircuitsAsGraphs::ofDecision, CircuitsAsLists::ofDecision),
            new Step(Topic.RESTING, 1, CircuitsAsGraphs::ofRest, CircuitsAsLists::ofRest),
            // One step for both: rules say where they stand, and need not be a network's.
            new Step(
                    Topic.RULES,
                    1,
                    RulesInTables::ofSet,
                    set -> RulesInTables.inTheFirst(RulesOfOwners.ofNetwork(set))),
            // A gateway that began before the suite was finalised also tells of links' sets, which nobody of before is
            // there to read.
            new Step(Topic.RULE_STATES, 1, RulesOfOwners::same, RulesOfOwners::same));

    private Conversions() {}

    /**
     * One conversion, there and back.
     *
     * @param from the schema number that {@code conversion} takes; it makes the next one
     * @param back its inverse, for suites that are not finalised; refuses what the shape of before cannot say
     */
    record Step(Topic topic, int from, Conversion conversion, Conversion back) {}
}
