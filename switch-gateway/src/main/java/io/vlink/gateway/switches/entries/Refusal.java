package io.vlink.gateway.switches.entries;

import io.vlink.events.rules.RuleStateReason;

/**
 * The reason why something that a network wants is not in a switch.
 *
 * @param message for people; the switch's own words if the switch refused it
 */
public record Refusal(RuleStateReason reason, String message) {}
