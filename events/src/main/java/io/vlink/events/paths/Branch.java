package io.vlink.events.paths;

import java.util.List;

/**
 * One of the places that a hop sends each frame to.
 *
 * @param faces ways there, at least one; the first that is alive carries
 */
public record Branch(List<Face> faces) {

    public Branch {
        faces = List.copyOf(faces);
        if (faces.isEmpty()) {
            throw new IllegalArgumentException("The faces of a branch must not be empty.");
        }
    }

    /** One that is not protected. */
    public static Branch of(Face face) {
        return new Branch(List.of(face));
    }

    /** The way that is taken as long as nothing fails. */
    public Face first() {
        return faces.getFirst();
    }
}
