package io.vlink.events.paths;

import org.jspecify.annotations.Nullable;

/**
 * The crossing of one switch, in by one entry of a hop and out by one face.
 *
 * @param entry absent where only the sending side is left
 * @param face absent where only the receiving side is left
 */
public record Crossing(
        Hop hop, @Nullable Edge entry, @Nullable Edge face) {}
