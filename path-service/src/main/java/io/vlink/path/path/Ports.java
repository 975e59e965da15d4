package io.vlink.path.path;

import io.vlink.events.PortNumber;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Route;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the port numbers of a circuit's hops true to what its links' locators mean now. */
final class Ports {

    private final Topology topology;
    private final PortTable table;

    Ports(Topology topology, PortTable table) {
        this.topology = topology;
        this.table = table;
    }

    /** The same circuit with the port numbers of now. */
    Circuit refresh(Circuit circuit) {
        Route forward = refresh(circuit.forward());
        Route reverse = refresh(circuit.reverse());
        return forward.equals(circuit.forward()) && reverse.equals(circuit.reverse())
                ? circuit
                : new Circuit(circuit.number(), circuit.generation(), circuit.from(), circuit.to(), forward, reverse);
    }

    private Route refresh(Route route) {
        List<Hop> hops = new ArrayList<>(route.hops().size());
        boolean moved = false;
        for (Hop hop : route.hops()) {
            PortNumber in = hop.inLink() == null ? null : port(hop, hop.inLink(), hop.inPort(), false);
            PortNumber out = hop.outLink() == null ? null : port(hop, hop.outLink(), hop.outPort(), true);
            if (Objects.equals(in, hop.inPort()) && Objects.equals(out, hop.outPort())) {
                hops.add(hop);
            } else {
                moved = true;
                hops.add(new Hop(
                        hop.node(),
                        hop.datapathId(),
                        hop.inLink(),
                        in,
                        hop.inLabel(),
                        hop.outLink(),
                        out,
                        hop.outLabel()));
            }
        }
        return moved
                ? new Route(route.name(), hops, route.bandwidthBits(), route.latencyNanos(), route.meter())
                : route;
    }

    /** A link that is gone or was laid elsewhere says nothing about this hop: the number stays as last known. */
    private @Nullable PortNumber port(Hop hop, String name, @Nullable PortNumber before, boolean leaving) {
        Link link = topology.lastKnownLink(name);
        if (link == null) {
            return before;
        }
        LinkEnd end = leaving ? link.spec().from() : link.spec().to();
        return end.node().equals(hop.node()) ? table.find(hop.datapathId(), end.port()) : before;
    }
}
