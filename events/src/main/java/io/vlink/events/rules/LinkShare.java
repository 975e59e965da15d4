package io.vlink.events.rules;

import io.vlink.events.DatapathId;
import io.vlink.events.LinkPort;
import io.vlink.events.PortNumber;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.schema.Between;
import io.vlink.events.schema.Name;
import io.vlink.events.text.Names;

/**
 * The capacity left for best effort at a port that sends over links: the rate of its {@link LinkMeter}. The record
 * exists exactly while a circuit without bandwidth sends by that port. Key: {@code overlay/datapath id/port}.
 *
 * @param overlay the overlay whose links begin at the port
 * @param datapathId the switch that sends
 * @param port the sending port
 * @param capacityBits the link's capacity in bit/s; the smallest of several links at the port
 * @param reservedBits bit/s that circuits reserve there
 * @param bestEffortBits bit/s that are left for all best-effort traffic together
 */
public record LinkShare(
        @Name String overlay,
        DatapathId datapathId,
        PortNumber port,
        @Between(min = 0) long capacityBits,
        @Between(min = 0) long reservedBits,
        @Between(min = 0) long bestEffortBits) {

    /** The topic of these records. */
    public static final TypedTopic<LinkShare.ShareKey, LinkShare> TOPIC = new TypedTopic<>(
            Topic.LINK_SHARES,
            LinkShare.class,
            ShareKey::of,
            share -> new ShareKey(share.overlay(), share.datapathId(), share.port()));

    public LinkShare {
        if (capacityBits < 0 || reservedBits < 0 || bestEffortBits < 0) {
            throw new IllegalArgumentException(
                    "The share of port %s of switch %s (%d bit/s, of which %d are reserved and %d left) must have no negative part."
                            .formatted(port, datapathId, capacityBits, reservedBits, bestEffortBits));
        }
    }

    /** The owner of the rules at the port. */
    public LinkPort link() {
        return new LinkPort(overlay, port);
    }

    /** The key that this record is written under. */
    public String key() {
        return new ShareKey(overlay, datapathId, port).toString();
    }

    /** A sending port of an overlay's links in a switch. Printed as {@code overlay/datapath id/port}. */
    public record ShareKey(@Name String overlay, DatapathId datapathId, PortNumber port) {

        public ShareKey {
            Names.require("overlay", overlay);
        }

        /** Reads {@code overlay/datapath id/port}. */
        public static ShareKey of(String text) {
            int first = text.indexOf('/');
            int last = text.lastIndexOf('/');
            if (first == last) {
                throw new IllegalArgumentException(
                        "The key (%s) must be an overlay, a datapath id and a port number.".formatted(text));
            }
            LinkPort link = LinkPort.of(text.substring(0, first) + text.substring(last));
            return new ShareKey(link.overlay(), DatapathId.of(text.substring(first + 1, last)), link.port());
        }

        /** The owner of the rules at the port. */
        public LinkPort link() {
            return new LinkPort(overlay, port);
        }

        @Override
        public String toString() {
            return overlay + "/" + datapathId + "/" + port;
        }
    }
}
