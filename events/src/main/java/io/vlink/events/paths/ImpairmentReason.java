package io.vlink.events.paths;

import io.vlink.events.Reason;
import io.vlink.events.paths.Impairment.Effect;

/** The problems that path-service finds with the path of a live network, each with its effect. */
public enum ImpairmentReason implements Reason {
    /** A link of the path is down: no frame passes it. */
    LinkDown(Effect.CUT),
    /** A link was declared elsewhere, and the wire that traffic still uses carries nothing. */
    WireDown(Effect.CUT),
    /** The sum of the links' latencies is larger than allowed. */
    LatencyExceeded(Effect.SLOW),
    /** A link or node of the path was deleted or declared elsewhere; traffic stays on the old wire. */
    TopologyChanged(Effect.NOTE),
    /** A link of the path is in maintenance. */
    LinkMaintenance(Effect.NOTE),
    /** A node of the path is in maintenance. */
    NodeMaintenance(Effect.NOTE);

    private final String word = name();
    private final Effect effect;

    ImpairmentReason(Effect effect) {
        this.effect = effect;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }

    /** The effect on traffic. */
    public Effect effect() {
        return effect;
    }

    /** Returns the effect that a record without one implies; {@code NOTE} for an unknown reason. */
    static Effect effectOf(String reason) {
        for (ImpairmentReason known : values()) {
            if (known.word.equals(reason)) {
                return known.effect;
            }
        }
        return Effect.NOTE;
    }
}
