package io.vlink.events.paths;

import org.jspecify.annotations.Nullable;

/**
 * What became of one attachment of a network.
 *
 * @param attachment its id within the network
 * @param node where it is
 * @param holds whether it holds an end
 * @param reason why it does not, why it cannot be used yet, or what is wrong with it, one word in CamelCase:
 *     {@code EndTaken}, {@code NodeIsNoEnd}, {@code PortUnknown}, {@code NodeUnknown}, {@code PortTaken},
 *     {@code PortIsLink}, {@code MtuTooLarge}; absent when all is well
 * @param message the same for people; absent when all is well
 */
public record AttachmentState(
        String attachment,
        String node,
        boolean holds,
        @Nullable String reason,
        @Nullable String message) {}
