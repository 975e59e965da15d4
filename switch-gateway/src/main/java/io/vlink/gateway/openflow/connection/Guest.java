package io.vlink.gateway.openflow.connection;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.boundary.ObservedPort;
import java.util.Collection;
import java.util.List;

/**
 * A switch that is connected here, even if another instance owns it.
 *
 * @param address the switch's address, as {@code address:port}
 */
public record Guest(DatapathId datapathId, String address, Collection<ObservedPort> ports) {

    /** Enough to distinguish one switch from another. */
    private static final int MOST = 8;

    /** The hardware addresses of some of its ports. */
    public List<String> hardwareAddresses() {
        return ports.stream()
                .map(ObservedPort::hardwareAddress)
                .distinct()
                .limit(MOST)
                .toList();
    }
}
