package io.vlink.gateway.openflow;

import io.vlink.events.DatapathId;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** What the handshake learned of a switch. */
record SwitchIdentity(DatapathId datapathId, String address, OFVersion version, String description) {

    /** Such as {@code 1.4}. */
    String openflow() {
        return "1." + (version.getWireVersion() - 1);
    }
}
