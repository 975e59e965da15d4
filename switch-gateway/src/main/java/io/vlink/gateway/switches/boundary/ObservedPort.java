package io.vlink.gateway.switches.boundary;

import io.vlink.events.PortNumber;

/**
 * A port as described by its switch.
 *
 * @param up the port is enabled and its link has carrier
 * @param live the switch reports that the other side is reachable, as far as anything monitors that (OpenFlow 1.3.4,
 *     §7.2.1, OFPPS_LIVE); some switches never report it
 * @param sends frames may leave by the port: it is not set to no-forward (OFPPC_NO_FWD)
 * @param receives frames may enter by the port: it is not set to no-receive (OFPPC_NO_RECV)
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

    /** Creates a port that sends and receives, and is live while it is up. */
    public ObservedPort(PortNumber number, String name, String hardwareAddress, boolean up, long speedKbps) {
        this(number, name, hardwareAddress, up, up, true, true, speedKbps);
    }
}
