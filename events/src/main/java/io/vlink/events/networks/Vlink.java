package io.vlink.events.networks;

import io.vlink.events.schema.MayOmit;
import org.jspecify.annotations.Nullable;

/**
 * A user's declaration of a network.
 *
 * @param type the type of the network: exactly two ends
 * @param path the forward path
 * @param reversePath the reverse path; absent: {@code path} is mirrored link by link, with its capabilities
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
