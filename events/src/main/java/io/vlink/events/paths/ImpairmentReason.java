package io.vlink.events.paths;

import io.vlink.events.paths.Impairment.Effect;
import io.vlink.events.reasons.Reason;
import io.vlink.events.text.Word;

/** The problems that path-service finds with the path of a live network, each with its effect. */
public enum ImpairmentReason implements Reason {
    /** A link of the path is down: no frame passes it. */
    LINK_DOWN(Effect.CUT),
    /** A link was declared elsewhere, and the wire that traffic still uses carries nothing. */
    WIRE_DOWN(Effect.CUT),
    /** The sum of the links' latencies is larger than allowed. */
    LATENCY_EXCEEDED(Effect.SLOW),
    /** A link or node of the path was deleted or declared elsewhere; traffic stays on the old wire. */
    TOPOLOGY_CHANGED(Effect.NOTE),
    /** A link of the path is in maintenance. */
    LINK_MAINTENANCE(Effect.NOTE),
    /** A node of the path is in maintenance. */
    NODE_MAINTENANCE(Effect.NOTE);

    private final String word = Word.of(name());
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
