package io.vlink.flow.ledger;

import io.vlink.events.rules.RuleState;
import io.vlink.events.statuses.ConditionReason;

/** What a switch made of the last rule set that was written for it. */
public sealed interface Confirmation {

    /** The switch holds it, or never had anything of this network and is to have nothing. */
    record Applied() implements Confirmation {}

    /**
     * The switch did not take it.
     *
     * @param reason for programs
     * @param message the switch's own words
     */
    record Failed(String reason, String message) implements Confirmation {

        /** Of what the gateway reports. Why a switch that was asked would not is told in its own words alone. */
        static Failed of(RuleState said) {
            return new Failed(
                    said.isRefusedBySwitch() ? ConditionReason.SwitchError.name() : String.valueOf(said.reason()),
                    String.valueOf(said.message()));
        }
    }

    /** Nothing was heard yet. */
    record Pending() implements Confirmation {}
}
