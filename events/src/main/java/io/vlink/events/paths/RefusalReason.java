package io.vlink.events.paths;

import io.vlink.events.Reason;

/** Reasons why path-service refuses a declaration, or a live network cannot follow a later one. */
public enum RefusalReason implements Reason {
    /** A named link is not declared. */
    LinkUnknown,
    /** A node is not declared. */
    NodeUnknown,
    /** A named link does not begin where the one before it ends. */
    BrokenChain,
    /** The named links do not begin or end at the endpoints. */
    WrongEndpoint,
    /** The reverse path joins other endpoints than the forward path. */
    EndpointsDiffer,
    /** The named links cross a node twice. */
    Loop,
    /** No reverse path is named, and a link of the forward path has no opposite. */
    NoReverseLink,
    /** A link or node is in maintenance: no new path may cross it. */
    Maintenance,
    /** A named link is down. */
    LinkDown,
    /** The switch of a node belongs to another overlay, which declared it first. */
    SwitchTaken,
    /** A workload uses the port at which a link begins or ends. */
    PortTaken,
    /** A port that the new path needs does not exist, or does not pass frames yet. */
    PortUnknown,
    /** No path between the endpoints meets the requirements. */
    PathNotFound,
    /** A link has less free bandwidth than required. */
    BandwidthExceeded,
    /** The sum of the links' latencies is larger than allowed. */
    LatencyExceeded,
    /** A link has no free label. */
    LabelsExhausted,
    /** A switch has no free meter number. */
    MetersExhausted,
    /** The overlay has no free circuit number. */
    CircuitsExhausted,
    /** Too many earlier circuits of the network are still being removed. */
    RemovalPending,
    /** There are more violations than are shown. */
    MoreViolations;

    private final String word = name();

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }
}
