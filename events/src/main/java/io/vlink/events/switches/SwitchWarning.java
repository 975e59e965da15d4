package io.vlink.events.switches;

/**
 * Something about a switch that an operator should look at, though rules can be sent to it.
 *
 * @param reason in CamelCase, for programs, such as {@code DuplicateDatapathId}
 * @param message for people: what is seen, since when, and what would mend it
 */
public record SwitchWarning(String reason, String message) {}
