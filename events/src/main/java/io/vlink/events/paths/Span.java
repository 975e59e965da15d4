package io.vlink.events.paths;

/** A lane with the two hops that it joins, and the face of the first that sends on it. */
public record Span(Hop sender, Face face, Lane lane, Hop receiver) {}
