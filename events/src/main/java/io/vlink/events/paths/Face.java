package io.vlink.events.paths;

import org.jspecify.annotations.Nullable;

/**
 * One way out of a hop.
 *
 * @param edge where frames leave: an end, or a lane
 * @param next place of the hop that the lane leads to, among those of the route, counted from 0; absent at an end, and where
 *     no more than the sending side is left of a lane
 */
public record Face(Edge edge, @Nullable Integer next, Role role) {

    public Face {
        if (edge instanceof AtEnd && next != null) {
            throw new IllegalArgumentException("No hop (%d) can be next behind an end.".formatted(next));
        }
    }

    /** One that carries frames on, as long as nothing fails. */
    public static Face working(Edge edge, @Nullable Integer next) {
        return new Face(edge, next, Role.WORKING);
    }
}
