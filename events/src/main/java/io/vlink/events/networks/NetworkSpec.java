package io.vlink.events.networks;

import io.vlink.events.MayOmit;
import org.jspecify.annotations.Nullable;

/**
 * What a user declares of a network.
 *
 * @param path the way there
 * @param reversePath the way back; absent: {@code path} is mirrored link by link, with its capabilities
 */
public record NetworkSpec(
        @MayOmit("vlink") NetworkType type,
        PathSpec path,
        @Nullable PathSpec reversePath,
        @MayOmit("none where links are named, else restore") Protection protection) {}
