package io.vlink.flow.ledger;

import io.vlink.events.rules.RuleState;
import io.vlink.events.statuses.ConditionReason;

/** The state of the last rule set that was written for a switch. */
public sealed interface Confirmation {

    /** The switch has applied it, or never had anything of this network and needs nothing. */
    record Applied() implements Confirmation {}

    /**
     * The switch rejected it.
     *
     * @param reason for programs
     * @param message the switch's own words
     */
    record Failed(String reason, String message) implements Confirmation {

        /** Converts a report of the gateway. If the switch itself rejected the rule set, only the message contains the reason. */
        static Failed of(RuleState said) {
            return new Failed(
                    said.isRefusedBySwitch() ? ConditionReason.SWITCH_ERROR.word() : String.valueOf(said.reason()),
                    String.valueOf(said.message()));
        }
    }

    /** There is no report yet. */
    record Pending() implements Confirmation {}
}
