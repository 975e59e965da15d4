package io.vlink.events.rules;

import org.jspecify.annotations.Nullable;

/**
 * Reason and message of a state that was recorded before they had their own fields. Gateways that write both put the
 * reason first in the text. No other code needs to parse it.
 */
record OldError(RuleStateReason reason, String message) {

    static OldError of(@Nullable String error) {
        if (error == null) {
            return new OldError(RuleStateReason.SWITCH_ERROR, "it gave no reason");
        }
        for (RuleStateReason known : RuleStateReason.values()) {
            String lead = known.word() + RuleStateReason.SEPARATOR;
            if (!known.isOfSwitch() && error.startsWith(lead)) {
                return new OldError(known, error.substring(lead.length()));
            }
        }
        return new OldError(RuleStateReason.SWITCH_ERROR, error);
    }
}
