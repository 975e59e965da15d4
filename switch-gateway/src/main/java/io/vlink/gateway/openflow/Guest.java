package io.vlink.gateway.openflow;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.ObservedPort;
import java.util.Collection;
import java.util.List;

/**
 * A switch that is connected here, also where another instance owns it.
 *
 * @param address where it comes from, as {@code address:port}
 */
public record Guest(DatapathId datapathId, String address, Collection<ObservedPort> ports) {

    /** As many as tell one switch from another. */
    private static final int MOST = 8;

    /** Those of some of its ports. */
    public List<String> hardwareAddresses() {
        return ports.stream()
                .map(ObservedPort::hardwareAddress)
                .distinct()
                .limit(MOST)
                .toList();
    }
}
