package io.vlink.gateway.openflow.exchanges;

import io.vlink.events.DatapathId;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** The data of a switch from its handshake. */
public record SwitchIdentity(DatapathId datapathId, String address, OFVersion version, String description) {

    /** Returns the OpenFlow version, such as {@code 1.4}. */
    public String openflow() {
        return "1." + (version.getWireVersion() - 1);
    }
}
