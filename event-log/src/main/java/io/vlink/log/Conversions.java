package io.vlink.log;

import io.vlink.events.Topic;
import java.util.List;

/** What becomes of records of older builds: the one list of conversions. */
final class Conversions {

    /** In any order. Those of one topic follow each other without a gap, up to the number that {@link Topic} says is written. */
    static final List<Step> ALL = List.of(
            new Step(Topic.PATHS, 1, CircuitsAsGraphs::ofDecision),
            new Step(Topic.RESTING, 1, CircuitsAsGraphs::ofRest));

    private Conversions() {}

    /**
     * One conversion.
     *
     * @param from the schema number that it takes; it makes the next one
     */
    record Step(Topic topic, int from, Conversion conversion) {}
}
