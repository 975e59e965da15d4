package io.vlink.events.nodes;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.schema.Name;
import io.vlink.events.text.Names;
import java.time.Instant;

/**
 * An overlay's claim to a switch. Key: {@code datapath id/overlay}. All claims to one switch are in one partition, and
 * the first one there holds. So no two overlays ever assign labels on one switch. Deleted when the overlay no longer
 * has such a node and none of its circuits crosses the switch, or when another claim was first.
 *
 * @param datapathId the switch
 * @param overlay the overlay that claims it
 * @param since when it was first claimed
 */
public record Claim(DatapathId datapathId, @Name String overlay, Instant since) {

    /** The topic of these records. */
    public static final TypedTopic<Claim.ClaimKey, Claim> TOPIC = new TypedTopic<>(
            Topic.CLAIMS, Claim.class, ClaimKey::of, claim -> new ClaimKey(claim.datapathId(), claim.overlay()));

    /** The key that this record is written under. */
    public String key() {
        return datapathId + "/" + overlay;
    }

    /** The pair of switch and claiming overlay. */
    public record ClaimKey(DatapathId datapathId, @Name String overlay) {
        public ClaimKey {
            Names.require("overlay", overlay);
        }

        /** Reads {@code datapath id/overlay}. */
        public static ClaimKey of(String text) {
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException(
                        "The key (%s) must be a datapath id and an overlay.".formatted(text));
            }
            return new ClaimKey(DatapathId.of(text.substring(0, slash)), text.substring(slash + 1));
        }
    }
}
