package io.vlink.events;

import org.jspecify.annotations.Nullable;

/**
 * Who wants rules, meters and groups in switches, and is told what became of them. Nothing of one owner is ever changed or
 * removed on behalf of another; what one may refer to of another is said in docs/decisions/0030.
 */
public sealed interface Owner permits NetworkId, LinkPort {

    /** The overlay that it belongs to. */
    String overlay();

    /**
     * Reads {@code overlay/namespace/name}, a network, or {@code overlay/port}, the sending port of links.
     *
     * @throws IllegalArgumentException naming the text, if it is neither
     */
    static Owner of(String text) {
        int first = text.indexOf('/');
        return first >= 0 && text.indexOf('/', first + 1) < 0 ? LinkPort.of(text) : NetworkId.of(text);
    }

    /**
     * The one of these that is there: a record has one field for each kind of owner, and one of them.
     *
     * @throws IllegalArgumentException if there is none, or more than one
     */
    static Owner oneOf(@Nullable Owner... given) {
        Owner found = null;
        for (Owner each : given) {
            if (each != null && found != null) {
                throw new IllegalArgumentException(
                        "Rules must have one owner, and have two: %s and %s.".formatted(found, each));
            }
            found = each == null ? found : each;
        }
        if (found == null) {
            throw new IllegalArgumentException("Rules must have an owner: either network or link is to be there.");
        }
        return found;
    }
}
