package io.vlink.gateway.switches;

/**
 * The suite that we work for, as far as it matters to a switch.
 *
 * @param suite its id, 16 hex digits, made of the ids of its topics
 * @param end of the switch's partition of vlink.rules, as far as it is known
 */
public record SuiteView(String suite, long end) {}
