package io.vlink.events.paths;

import io.vlink.events.Reason;

/** Why path-service does not grant what was declared, or a live network cannot follow what was declared since. */
public enum RefusalReason implements Reason {
    /** A named link is not declared. */
    LinkUnknown,
    /** A node is not declared. */
    NodeUnknown,
    /** A named link does not begin where the one before it ends. */
    BrokenChain,
    /** The named links begin or end elsewhere than at the endpoints. */
    WrongEndpoint,
    /** The way back joins other endpoints than the way there. */
    EndpointsDiffer,
    /** The named links cross a node twice. */
    Loop,
    /** No way back is named, and a link of the way there has no opposite. */
    NoReverseLink,
    /** A link or node is in maintenance: no new path may cross it. */
    Maintenance,
    /** A named link is down. */
    LinkDown,
    /** The switch of a node belongs to another overlay, which declared it first. */
    SwitchTaken,
    /** A workload has the port that a link begins or ends at. */
    PortTaken,
    /** A port that the new path needs is not there, or passes no frames yet. */
    PortUnknown,
    /** No way between the endpoints has what is asked for. */
    PathNotFound,
    /** A link has less bandwidth left than is asked for. */
    BandwidthExceeded,
    /** The latencies of the links add up to more than is asked for. */
    LatencyExceeded,
    /** A link has no label left. */
    LabelsExhausted,
    /** A switch has no meter number left. */
    MetersExhausted,
    /** The overlay has no circuit number left. */
    CircuitsExhausted,
    /** So many earlier circuits of the network are still being removed that there can be no other. */
    RemovalPending,
    /** There are more violations than are shown. */
    MoreViolations
}
