package io.vlink.events.networks;

import io.vlink.events.MayOmit;
import org.jspecify.annotations.Nullable;

/**
 * What a user declares of a network.
 *
 * @param type what it joins: exactly two ends
 * @param path the way there
 * @param reversePath the way back; absent: {@code path} is mirrored link by link, with its capabilities
 */
public record Vlink(
        @MayOmit("vlink") NetworkType type,
        PathSpec path,
        @Nullable PathSpec reversePath,
        @MayOmit("none where links are named, else restore") Protection protection)
        implements NetworkSpec {

    public Vlink {
        if (type != NetworkType.VLINK) {
            throw new IllegalArgumentException("The type (%s) of a vlink must be vlink.".formatted(type));
        }
    }

    /** A vlink. */
    public Vlink(PathSpec path, @Nullable PathSpec reversePath, Protection protection) {
        this(NetworkType.VLINK, path, reversePath, protection);
    }
}
