package io.vlink.events.paths;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import java.util.List;

/**
 * One crossing of a switch. What comes in by any of its entries goes out by every branch.
 *
 * @param id tells it from other hops of the route in the same switch, 0 to 2,047; 0 where the switch is crossed once. Stands in
 *     the cookie of its rules, and never changes while the circuit lives
 * @param node the node's name
 * @param datapathId its switch
 * @param entries how frames come in; a lane stands here as it does at the face that sends on it
 * @param branches where they go to, all of them
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

    /** One that is crossed straight, and is not protected. */
    public static Hop straight(String node, DatapathId datapathId, Edge entry, Face face) {
        return new Hop(0, node, datapathId, List.of(entry), List.of(Branch.of(face)));
    }
}
