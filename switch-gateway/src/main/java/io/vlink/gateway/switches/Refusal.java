package io.vlink.gateway.switches;

import io.vlink.events.rules.RuleStateReason;

/**
 * Why what a network wants is not in a switch.
 *
 * @param message for people; where the switch refused it, in its own words
 */
public record Refusal(RuleStateReason reason, String message) {}
