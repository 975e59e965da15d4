package io.vlink.events.paths;

import java.util.List;

/**
 * One of the destinations to which a hop sends each frame.
 *
 * @param faces the ways to the destination, at least one; the first live one carries
 */
public record Branch(List<Face> faces) {

    public Branch {
        faces = List.copyOf(faces);
        if (faces.isEmpty()) {
            throw new IllegalArgumentException("The faces of a branch must not be empty.");
        }
    }

    /** Returns a branch without protection. */
    public static Branch of(Face face) {
        return new Branch(List.of(face));
    }

    /** The way taken as long as nothing fails. */
    public Face first() {
        return faces.getFirst();
    }
}
