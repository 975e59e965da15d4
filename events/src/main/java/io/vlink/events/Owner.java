package io.vlink.events;

import org.jspecify.annotations.Nullable;

/**
 * The owner of rules, meters and groups in switches, which receives their states. Nothing of one owner is ever changed
 * or removed on behalf of another. docs/decisions/0030 defines what rules may refer to of another owner.
 */
public sealed interface Owner permits NetworkId, LinkPort {

    /** The overlay that it belongs to. */
    String overlay();

    /**
     * Reads {@code overlay/namespace/name}, a network, or {@code overlay/port}, the sending port of links.
     *
     * @throws IllegalArgumentException naming the text, if it has neither form
     */
    static Owner of(String text) {
        int first = text.indexOf('/');
        return first >= 0 && text.indexOf('/', first + 1) < 0 ? LinkPort.of(text) : NetworkId.of(text);
    }

    /**
     * Returns the one owner that is present. A record has one field for each kind of owner, exactly one of which is
     * set.
     *
     * @throws IllegalArgumentException if none is present, or more than one
     */
    static Owner oneOf(@Nullable Owner... given) {
        Owner found = null;
        for (Owner each : given) {
            if (each != null && found != null) {
                throw new IllegalArgumentException(
                        "Rules must have one owner, but have two: %s and %s.".formatted(found, each));
            }
            found = each == null ? found : each;
        }
        if (found == null) {
            throw new IllegalArgumentException("Rules must have an owner: set either network or link.");
        }
        return found;
    }
}
