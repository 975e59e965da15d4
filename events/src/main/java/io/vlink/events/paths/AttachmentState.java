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
 *     {@code PortIsLink}, {@code MtuTooLarge}, {@code PortDown}, {@code PortNotLive}, {@code NoForward},
 *     {@code NoReceive}; absent when all is well
 * @param message the same for people; absent when all is well
 * @param cut true where it holds an end, and for that reason no traffic passes its port now; absent otherwise
 */
public record AttachmentState(
        String attachment,
        String node,
        boolean holds,
        @Nullable String reason,
        @Nullable String message,
        @Nullable Boolean cut) {

    /** One whose port, if it has one, passes what it is given. */
    public AttachmentState(
            String attachment, String node, boolean holds, @Nullable String reason, @Nullable String message) {
        this(attachment, node, holds, reason, message, null);
    }

    /** Whether it holds an end, and no traffic passes its port now. */
    public boolean cutsTraffic() {
        return holds && Boolean.TRUE.equals(cut);
    }
}
