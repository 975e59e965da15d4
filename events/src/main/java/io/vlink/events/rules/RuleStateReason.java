package io.vlink.events.rules;

import io.vlink.events.reasons.Reason;
import io.vlink.events.text.Word;

/** Reasons why the gateway did not send a rule set to a switch, or the switch did not accept it. */
public enum RuleStateReason implements Reason {
    /**
     * The switch must not be written to; the record of the switch gives the reason. Earlier confirmations remain as last
     * known.
     */
    SWITCH_REFUSED(false),
    /** A rule for the same frames belongs to another network, which was first. */
    RULE_TAKEN(false),
    /** A meter of the same number belongs to another owner, which was first. */
    METER_TAKEN(false),
    /** A group of the same number belongs to another owner, which was first. */
    GROUP_TAKEN(false),
    /**
     * A rule uses the meter of a link, which is not in the switch: it was not requested yet, or the switch did not
     * accept it.
     */
    LINK_METER_MISSING(false),
    /** A link's meter that is no longer required is still used by rules; it is removed with the last of them. */
    LINK_METER_IN_USE(false),
    /**
     * A group watches the group of a link, which is not in the switch: it was not requested yet, or the switch did not
     * accept it.
     */
    LINK_GROUP_MISSING(false),
    /** A link's group that is no longer required is still watched by groups; it is removed with the last of them. */
    LINK_GROUP_IN_USE(false),
    /** Rules that no network requires any more cannot be removed. */
    LEFTOVERS_STAY(true),
    /** The switch has no room for a rule. */
    TABLE_FULL(true),
    /** The switch has no room for a meter. */
    OUT_OF_METERS(true),
    /** The switch has no room for a group. */
    OUT_OF_GROUPS(true),
    /** The switch does not support the match of a rule. */
    BAD_MATCH(true),
    /** The switch does not support an action of a rule. */
    BAD_ACTION(true),
    /** The switch refused it for another reason, given in the message in the switch's own words. */
    SWITCH_ERROR(true);

    static final String SEPARATOR = ": ";

    private final String word = Word.of(name());
    private final boolean ofSwitch;

    RuleStateReason(boolean ofSwitch) {
        this.ofSwitch = ofSwitch;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }

    /** Whether the switch refused it. All such reasons appear as {@code SwitchError} in the status of a network. */
    public boolean isOfSwitch() {
        return ofSwitch;
    }

    /** Returns reason and message in one text, for readers that do not know the separate fields. */
    String with(String message) {
        return ofSwitch ? message : word + SEPARATOR + message;
    }
}
