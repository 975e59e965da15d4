package io.vlink.path.planning;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a search found no path, in a form that tells which changes are worth another search. The distances that the
 * search ended with prove its result: a path can be had only if a link that may be used now leads nearer than they say.
 * {@link Planner#mayRemove} compares them with a changed link; no other change helps.
 */
public final class Obstacle {

    /** Number of nodes up to which an obstacle is found by its nodes. */
    private static final int FEW = 32;

    private final Criteria criteria;
    private final Measure measure;
    private final @Nullable NodeDistances distances;
    private final Set<String> blamed;

    /** What the distances measure. */
    enum Measure {
        /** Whether usable links lead from the node to the destination. */
        REACH_OF_DESTINATION,
        /** Whether usable links lead from the start to the node. */
        REACH_FROM_START,
        /** Latency from the node to the destination. */
        LATENCY_THERE,
        /** Latency from the destination back to the node. */
        LATENCY_BACK,
        /** Nothing: any usable link may help. */
        NOTHING,
        /** Nothing: one of the ends cannot be used, whatever links there are. */
        NOTHING_AT_ENDS
    }

    /**
     * Makes an obstacle.
     *
     * @param distances null: none are known
     * @param blamed names of the links that its description contains
     */
    Obstacle(Criteria criteria, Measure measure, @Nullable NodeDistances distances, List<String> blamed) {
        this.criteria = criteria;
        this.measure = measure;
        this.distances = distances;
        this.blamed = Set.copyOf(blamed);
    }

    /** Makes the obstacle of a path of which an end cannot be used: only a change of that node helps. */
    static Obstacle atEnds(Criteria criteria) {
        return new Obstacle(criteria, Measure.NOTHING_AT_ENDS, null, List.of());
    }

    Criteria criteria() {
        return criteria;
    }

    Measure measure() {
        return measure;
    }

    /** Returns the distances; null: none are known. */
    @Nullable NodeDistances distances() {
        return distances;
    }

    /** Returns the names of the links that the description of this obstacle contains. */
    public Set<String> blamed() {
        return blamed;
    }

    /** Returns nodes at one of which each link begins or ends that may remove this obstacle; empty: they may be anywhere. */
    public Set<String> around() {
        if (measure == Measure.NOTHING_AT_ENDS) {
            return Set.of(criteria.wanted().from(), criteria.wanted().to());
        }
        NodeDistances known = distances;
        return known == null || known.size() > FEW ? Set.of() : Set.of(known.nodes());
    }
}
