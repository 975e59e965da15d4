package io.vlink.events.networks;

import org.jspecify.annotations.Nullable;

/**
 * What a user declares of a network.
 *
 * @param reversePath the way back; absent: {@code path} is mirrored link by link, with its capabilities
 */
public record NetworkSpec(
        NetworkType type, PathSpec path, @Nullable PathSpec reversePath, Protection protection) {}
