package io.vlink.events.links;

import io.vlink.events.DatapathId;
import java.time.Instant;

/**
 * A sign of life of a switch without a controller, seen by its neighbour: frames with labels arrived, which only a
 * forwarding switch sends on a link.
 *
 * @param datapathId the switch that sends on the link
 * @param at when frames last arrived, at the earliest; updated every few seconds while more arrive
 */
public record Heard(DatapathId datapathId, Instant at) {}
