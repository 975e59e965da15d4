package io.vlink.events.paths;

/** A lane between the two hops that it joins, as a face of the first sends on it. */
public record Span(Hop sender, Face face, Lane lane, Hop receiver) {}
