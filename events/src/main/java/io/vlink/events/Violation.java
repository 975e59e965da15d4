package io.vlink.events;

/**
 * One thing that is wrong with what a user asked for.
 *
 * @param field JSON path of the field, such as {@code $.path.links[1]}; {@code $} for the whole
 * @param reason one word in CamelCase, stable, for programs: {@code UnknownField}, {@code LinkUnknown}, {@code BandwidthExceeded}
 * @param message for people: what is wrong, with names and numbers, and what would be right
 */
public record Violation(String field, String reason, String message) {}
