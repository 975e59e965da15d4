package io.vlink.events.paths;

import org.jspecify.annotations.Nullable;

/**
 * One switch crossed, in by one entry of a hop and out by one face.
 *
 * @param entry absent where no more than the sending side is left
 * @param face absent where no more than the receiving side is left
 */
public record Crossing(
        Hop hop, @Nullable Edge entry, @Nullable Edge face) {}
