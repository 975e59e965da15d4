package io.vlink.gateway.switches.ports;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.HindranceReason;
import io.vlink.gateway.switches.boundary.ObservedPort;
import org.jspecify.annotations.Nullable;

/** Messages about ports that pass no frames, with the remedy. */
final class PortHindrances {

    private PortHindrances() {}

    /** Returns why no frame leaves by a port; null if nothing is known besides whether it is up. */
    static @Nullable Hindrance ofSending(ObservedPort port, boolean dead, DatapathId id) {
        if (!port.sends()) {
            return flagged(
                    port, id, HindranceReason.NO_FORWARD, "no-forward, so that no frame leaves by it", "forward");
        }
        return dead ? notLive(port, id) : null;
    }

    /** Returns why no frame enters by a port; null if nothing is known besides whether it is up. */
    static @Nullable Hindrance ofReceiving(ObservedPort port, boolean dead, DatapathId id) {
        if (!port.receives()) {
            return flagged(
                    port, id, HindranceReason.NO_RECEIVE, "no-receive, so that no frame enters by it", "receive");
        }
        return dead ? notLive(port, id) : null;
    }

    /** Returns the hindrance by a spanning tree protocol; null if none blocks the port. */
    static @Nullable Hindrance ofBlocked(ObservedPort port, @Nullable String state, DatapathId id) {
        return state == null
                ? null
                : new Hindrance(
                        HindranceReason.STP_BLOCKED,
                        ("The port %s of switch %s does not forward: a spanning tree protocol has set it to %s. Vlink needs none: turn it"
                                        + " off with \"ovs-vsctl set bridge BRIDGE stp_enable=false rstp_enable=false\" there.")
                                .formatted(port.name(), id, state));
    }

    /**
     * Returns the hindrance at the output port of a mirror. Open vSwitch 3.1 drops every frame received there, even if
     * a rule would forward it.
     */
    static Hindrance ofReserved(ObservedPort port, DatapathId id) {
        return new Hindrance(
                HindranceReason.MIRROR_OUTPUT,
                ("The port %s of switch %s is the output of a mirror and drops every frame it receives: use another port for"
                                + " the mirror, or remove it with \"ovs-vsctl clear bridge BRIDGE mirrors\" there.")
                        .formatted(port.name(), id));
    }

    private static Hindrance flagged(
            ObservedPort port, DatapathId id, HindranceReason reason, String what, String remedy) {
        return new Hindrance(
                reason,
                "The port %s of switch %s is set to %s: run \"ovs-ofctl mod-port BRIDGE %s %s\" there."
                        .formatted(port.name(), id, what, port.name(), remedy));
    }

    private static Hindrance notLive(ObservedPort port, DatapathId id) {
        return new Hindrance(
                HindranceReason.PORT_NOT_LIVE,
                ("The port %s of switch %s has carrier but is not live: its monitor (BFD, CFM or LACP) hears nothing from the"
                                + " other side. Check the cable and the other end, which must use the same protocol.")
                        .formatted(port.name(), id));
    }
}
