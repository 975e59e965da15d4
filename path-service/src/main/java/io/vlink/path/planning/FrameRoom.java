package io.vlink.path.planning;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Side;
import io.vlink.path.topology.PortTable;
import org.jspecify.annotations.Nullable;

/**
 * The largest frame that a circuit's plain links carry, which is that of their smallest port. Tunnels are not considered,
 * since OVSDB does not report the MTU of the network beneath them.
 *
 * @param link the link with the smallest port
 * @param node the node of this port
 * @param mtu largest payload of that port in bytes
 */
public record FrameRoom(String link, String node, PortNumber port, int mtu) {

    /** Bytes that a link must carry beyond the workload's MTU: our label, and a tag that the workload may set. */
    public static final int TAGS = 8;

    /** Returns the frame room of a circuit; null: no MTU is known. */
    public static @Nullable FrameRoom of(Circuit circuit, PortTable ports) {
        FrameRoom smallest = null;
        for (Side side : circuit.sides()) {
            smallest = smaller(smallest, at(side, ports));
        }
        return smallest;
    }

    private static @Nullable FrameRoom smaller(@Nullable FrameRoom first, @Nullable FrameRoom next) {
        return first == null || (next != null && next.mtu < first.mtu) ? next : first;
    }

    private static @Nullable FrameRoom at(Side side, PortTable ports) {
        PortNumber port = side.port();
        if (port == null || side.lane().label().kind() != Label.LabelKind.VLAN) {
            return null;
        }
        Integer mtu = ports.mtu(new SwitchPort(side.hop().datapathId(), port));
        return mtu == null ? null : new FrameRoom(side.lane().link(), side.hop().node(), port, mtu);
    }

    public boolean holds(int workloadMtu) {
        return workloadMtu + TAGS <= mtu;
    }

    /** Explains why a workload with this MTU does not fit, and what to change. */
    public String tooSmallFor(int workloadMtu, String port, String node) {
        return "The port %s of %s has an MTU of %d, so links must carry %d with label and tag, but the port number %s of %s on the link %s carries %d: full-size frames would be lost silently. Give the workload an MTU of at most %d, or the link one of at least %d."
                .formatted(
                        port,
                        node,
                        workloadMtu,
                        workloadMtu + TAGS,
                        this.port,
                        this.node,
                        link,
                        mtu,
                        Math.max(0, mtu - TAGS),
                        workloadMtu + TAGS);
    }
}
