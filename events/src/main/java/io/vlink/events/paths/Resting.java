package io.vlink.events.paths;

import java.time.Instant;

/**
 * A circuit whose rules are confirmed gone. Its labels and numbers rest a while before they are given out again: the
 * datapath cache of a switch follows its tables late, and a label used again at once would deliver another's frames.
 *
 * @param until when the rest is over
 */
public record Resting(Circuit circuit, Instant until) {}
