package io.vlink.events.switches;

import io.vlink.events.reasons.Reason;
import io.vlink.events.text.Word;

/** Warnings of the gateway about a switch, although rules can be sent to it. */
public enum WarningReason implements Reason {
    /** Another switch with this datapath id tries to connect, or is connected to another gateway. */
    DUPLICATE_DATAPATH_ID,
    /** Rules that are not Vlink's precede those of networks, and take their frames, or may do so. */
    FOREIGN_RULES,
    /** Mirrors copy frames to other ports of the bridge. */
    MIRRORS,
    /** The node's OVSDB cannot be queried. */
    OVSDB_UNKNOWN;

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
