package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.Hindrance;
import io.vlink.events.switches.HindranceReason;
import org.jspecify.annotations.Nullable;

/** Why frames do not pass a port, in words that say what would mend it. */
final class PortHindrances {

    private PortHindrances() {}

    /** Null: nothing more is known than whether it is up. */
    static @Nullable Hindrance ofSending(ObservedPort port, boolean dead, DatapathId id) {
        if (!port.sends()) {
            return flagged(port, id, HindranceReason.NoForward, "no-forward, so that no frame leaves by it", "forward");
        }
        return dead ? notLive(port, id) : null;
    }

    /** Null: nothing more is known than whether it is up. */
    static @Nullable Hindrance ofReceiving(ObservedPort port, boolean dead, DatapathId id) {
        if (!port.receives()) {
            return flagged(port, id, HindranceReason.NoReceive, "no-receive, so that no frame enters by it", "receive");
        }
        return dead ? notLive(port, id) : null;
    }

    /** Null: no spanning tree protocol keeps it from forwarding. */
    static @Nullable Hindrance ofBlocked(ObservedPort port, @Nullable String state, DatapathId id) {
        return state == null
                ? null
                : new Hindrance(
                        HindranceReason.StpBlocked,
                        ("The port %s of switch %s does not forward: a spanning tree protocol has it %s. Vlink needs none: switch it"
                                        + " off by \"ovs-vsctl set bridge BRIDGE stp_enable=false rstp_enable=false\" there.")
                                .formatted(port.name(), id, state));
    }

    /** Open vSwitch 3.1 drops all that it receives on the output port of a mirror, also what rules would forward. */
    static Hindrance ofReserved(ObservedPort port, DatapathId id) {
        return new Hindrance(
                HindranceReason.MirrorOutput,
                ("The port %s of switch %s is the output of a mirror, and so drops all that it receives: let the mirror use another"
                                + " port, or remove it by \"ovs-vsctl clear bridge BRIDGE mirrors\" there.")
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
                HindranceReason.PortNotLive,
                ("The port %s of switch %s has carrier but is not live: what watches it (BFD, CFM or LACP) hears nobody on the"
                                + " other side. See to the cable and to the other end, which must speak the same.")
                        .formatted(port.name(), id));
    }
}
