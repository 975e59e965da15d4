package io.vlink.events.paths;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import java.util.List;

/**
 * One crossing of a switch. Each frame that arrives at any of its entries leaves by every branch.
 *
 * @param id distinguishes hops of the route in the same switch, 0 to 2,047; 0 where the switch is crossed once. Part of
 *     the cookie of its rules; never changes while the circuit exists
 * @param node the node's name
 * @param datapathId the node's switch
 * @param entries the edges by which frames arrive; a lane here equals the one at the face that sends on it
 * @param branches all destinations of frames
 */
public record Hop(int id, String node, DatapathId datapathId, List<Edge> entries, List<Branch> branches) {

    public Hop {
        entries = List.copyOf(entries);
        branches = List.copyOf(branches);
        if (id < 0 || id > Cookie.MAX_HOP) {
            throw new IllegalArgumentException(
                    "The id (%d) of a hop must be between 0 and %d.".formatted(id, Cookie.MAX_HOP));
        }
    }

    /** Returns a hop with one entry and one unprotected face. */
    public static Hop straight(String node, DatapathId datapathId, Edge entry, Face face) {
        return new Hop(0, node, datapathId, List.of(entry), List.of(Branch.of(face)));
    }
}
