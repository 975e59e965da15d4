package io.vlink.gateway.switches;

import io.vlink.events.PortNumber;

/**
 * A port as its switch describes it.
 *
 * @param up enabled, and its link has carrier
 * @param live the switch says that the other side is there, as far as anything watches that (OpenFlow 1.3.4, §7.2.1,
 *     OFPPS_LIVE); not every switch ever says it
 * @param sends frames may leave by it: it is not set to no-forward (OFPPC_NO_FWD)
 * @param receives frames may enter by it: it is not set to no-receive (OFPPC_NO_RECV)
 */
public record ObservedPort(
        PortNumber number,
        String name,
        String hardwareAddress,
        boolean up,
        boolean live,
        boolean sends,
        boolean receives,
        long speedKbps) {

    /** One with nothing set against it, live while it is up. */
    public ObservedPort(PortNumber number, String name, String hardwareAddress, boolean up, long speedKbps) {
        this(number, name, hardwareAddress, up, up, true, true, speedKbps);
    }
}
