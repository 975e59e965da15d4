package io.vlink.networkapi;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.paths.Branch;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Edge;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Role;
import io.vlink.events.paths.Route;
import java.util.ArrayList;
import java.util.List;

/** Circuits with a detour around a failure. */
public final class Detour {

    private Detour() {}

    /** Returns the circuit with a detour over node-x around its first forward link. */
    public static Circuit around(Circuit circuit) {
        Route forward = circuit.route(Direction.FORWARD);
        List<Hop> hops = new ArrayList<>(forward.hops());
        Lane toX = Lane.of("link-to-x/vlan:900/to-x=70/to-first=71");
        Lane back = Lane.of("link-back/vlan:901/to-second=72/to-x=73");
        Hop first = hops.getFirst();
        Hop second = hops.get(1);
        Face detour = new Face(toX, hops.size(), Role.DETOUR);
        Branch turning = new Branch(List.of(first.branches().getFirst().first(), detour));
        List<Edge> entries = new ArrayList<>(second.entries());
        entries.add(back);
        hops.set(0, new Hop(first.id(), first.node(), first.datapathId(), first.entries(), List.of(turning)));
        hops.set(1, new Hop(second.id(), second.node(), second.datapathId(), entries, second.branches()));
        hops.add(Hop.straight("node-x", DatapathId.of("99"), toX, new Face(back, 1, Role.DETOUR)));
        return circuit.withRoutes(List.of(
                new Route(forward.name(), hops, forward.bandwidthBits(), forward.latencyNanos(), forward.meter()),
                circuit.route(Direction.REVERSE)));
    }
}
