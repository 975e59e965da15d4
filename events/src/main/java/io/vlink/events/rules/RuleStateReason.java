package io.vlink.events.rules;

import io.vlink.events.Reason;

/** Why the gateway did not bring a rule set to a switch, or the switch did not take it. */
public enum RuleStateReason implements Reason {
    /** The switch must not be written to; the state of the switch says why. What it confirmed before stays as last known. */
    SwitchRefused(false),
    /** A rule for the same frames belongs to another network, which was first. */
    RuleTaken(false),
    /** A meter of the same number belongs to another owner, which was first. */
    MeterTaken(false),
    /** A group of the same number belongs to another owner, which was first. */
    GroupTaken(false),
    /** A rule passes the meter of a link, which is not in the switch: it was not asked for yet, or the switch would not take it. */
    LinkMeterMissing(false),
    /** A link's meter that is wanted no more is still passed by rules; it goes with the last of them. */
    LinkMeterInUse(false),
    /** A group watches that of a link, which is not in the switch: it was not asked for yet, or the switch would not take it. */
    LinkGroupMissing(false),
    /** A link's group that is wanted no more is still watched by groups; it goes with the last of them. */
    LinkGroupInUse(false),
    /** What no network wants any more cannot be removed. */
    LeftoversStay(true),
    /** The switch has no room for a rule. */
    TableFull(true),
    /** The switch has no room for a meter. */
    OutOfMeters(true),
    /** The switch has no room for a group. */
    OutOfGroups(true),
    /** The switch cannot match what a rule is for. */
    BadMatch(true),
    /** The switch cannot do what a rule says. */
    BadAction(true),
    /** The switch refused it for another reason, which the message gives in its own words. */
    SwitchError(true);

    static final String SEPARATOR = ": ";

    private final boolean ofSwitch;

    RuleStateReason(boolean ofSwitch) {
        this.ofSwitch = ofSwitch;
    }

    /** Whether the switch was asked, and would not: all of these are {@code SwitchError} in the status of a network. */
    public boolean isOfSwitch() {
        return ofSwitch;
    }

    /** Both in one text, as records have it for readers of before. */
    String with(String message) {
        return ofSwitch ? message : name() + SEPARATOR + message;
    }
}
