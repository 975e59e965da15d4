package io.vlink.events.links;

import io.vlink.events.DatapathId;
import java.time.Instant;

/**
 * A sign of life of a switch that no controller hears, seen by its neighbour: frames with labels, which only a switch that
 * forwards puts on a link, came in.
 *
 * @param datapathId the switch that sends on the link
 * @param at when its last frames came in, at least; told again every few seconds while more come
 */
public record Heard(DatapathId datapathId, Instant at) {}
