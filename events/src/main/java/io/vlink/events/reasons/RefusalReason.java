package io.vlink.events.reasons;

import io.vlink.events.text.Word;

/** Reasons why path-service refuses a declaration, or a live network cannot follow a later one. */
public enum RefusalReason implements Reason {
    /** A named link is not declared. */
    LINK_UNKNOWN,
    /** A node is not declared. */
    NODE_UNKNOWN,
    /** A named link does not begin where the one before it ends. */
    BROKEN_CHAIN,
    /** The named links do not begin or end at the endpoints. */
    WRONG_ENDPOINT,
    /** The reverse path joins other endpoints than the forward path. */
    ENDPOINTS_DIFFER,
    /** The named links cross a node twice. */
    LOOP,
    /** No reverse path is named, and a link of the forward path has no opposite. */
    NO_REVERSE_LINK,
    /** A link or node is in maintenance: no new path may cross it. */
    MAINTENANCE,
    /** A named link is down. */
    LINK_DOWN,
    /** The switch of a node belongs to another overlay, which declared it first. */
    SWITCH_TAKEN,
    /** A workload uses the port at which a link begins or ends. */
    PORT_TAKEN,
    /** A port that the new path needs does not exist, or does not pass frames yet. */
    PORT_UNKNOWN,
    /** No path that meets the requirements was found between the endpoints. */
    PATH_NOT_FOUND,
    /** A link has less free bandwidth than required. */
    BANDWIDTH_EXCEEDED,
    /** The sum of the links' latencies is larger than allowed. */
    LATENCY_EXCEEDED,
    /** A link has no free label. */
    LABELS_EXHAUSTED,
    /** A switch has no free meter number. */
    METERS_EXHAUSTED,
    /** The overlay has no free circuit number. */
    CIRCUITS_EXHAUSTED,
    /** Too many earlier circuits of the network are still being removed. */
    REMOVAL_PENDING,
    /** There are more violations than are shown. */
    MORE_VIOLATIONS;

    private final String word = Word.of(name());

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
