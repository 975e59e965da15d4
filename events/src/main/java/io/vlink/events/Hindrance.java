package io.vlink.events;

/**
 * What keeps frames from passing a place where they should.
 *
 * @param reason one word in CamelCase, stable, for programs
 * @param message for people: what is there, and what would mend it
 */
public record Hindrance(String reason, String message) {}
