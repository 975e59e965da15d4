package io.vlink.events.paths;

import org.jspecify.annotations.Nullable;

/**
 * One way out of a hop.
 *
 * @param edge the place where frames leave: an end, or a lane
 * @param next the index of the hop that the lane leads to, among those of the route, from 0; absent at an end, and
 *     where only the sending side of a lane is left
 */
public record Face(Edge edge, @Nullable Integer next, Role role) {

    public Face {
        if (edge instanceof AtEndpoint && next != null) {
            throw new IllegalArgumentException("An end must have no next hop, but has %d.".formatted(next));
        }
    }

    /** Returns a face that carries frames as long as nothing fails. */
    public static Face working(Edge edge, @Nullable Integer next) {
        return new Face(edge, next, Role.WORKING);
    }
}
