package io.vlink.events.paths;

import io.vlink.events.Reason;
import io.vlink.events.paths.Impairment.Effect;

/** What path-service finds wrong with the way of a live network, each with what comes of it. */
public enum ImpairmentReason implements Reason {
    /** A link of the way is down: no frame passes it. */
    LinkDown(Effect.CUT),
    /** A link was declared elsewhere, and the wire that traffic still takes carries nothing. */
    WireDown(Effect.CUT),
    /** The latencies of the links add up to more than was asked for. */
    LatencyExceeded(Effect.SLOW),
    /** A link or node of the way was deleted or declared elsewhere; traffic stays on the old wire. */
    TopologyChanged(Effect.NOTE),
    /** A link of the way is in maintenance. */
    LinkMaintenance(Effect.NOTE),
    /** A node of the way is in maintenance. */
    NodeMaintenance(Effect.NOTE);

    private final Effect effect;

    ImpairmentReason(Effect effect) {
        this.effect = effect;
    }

    /** What comes of it. */
    public Effect effect() {
        return effect;
    }

    /** That of a record that does not say it; of a reason that is not known, none but that it was told. */
    static Effect effectOf(String reason) {
        for (ImpairmentReason known : values()) {
            if (known.name().equals(reason)) {
                return known.effect;
            }
        }
        return Effect.NOTE;
    }
}
