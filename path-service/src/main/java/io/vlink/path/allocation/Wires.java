package io.vlink.path.allocation;

import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.nodes.Node;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Maps links to wires by their declared ports and the present numbers of those ports. */
public final class Wires {

    private final Topology topology;
    private final PortTable ports;
    /** By name of the link; valid for {@link #seen} only. */
    private final Map<String, KnownWire> known = new HashMap<>();
    /** Links that begin at a side; as {@link #known}. */
    private final Map<WireSide, List<Link>> beginning = new HashMap<>();

    private long seen;

    private record KnownWire(Link link, List<WireSide> sides) {}

    public Wires(Topology topology, PortTable ports) {
        this.topology = topology;
        this.ports = ports;
    }

    /** Returns the sides of a link's wire: sender and receiver, without those on an unknown node. */
    public List<WireSide> sides(Link link) {
        invalidate();
        KnownWire before = known.get(link.id().name());
        if (before != null && before.link().equals(link)) {
            return before.sides();
        }
        List<WireSide> sides = new ArrayList<>(2);
        add(true, link.spec().from(), sides);
        add(false, link.spec().to(), sides);
        known.put(link.id().name(), new KnownWire(link, List.copyOf(sides)));
        return sides;
    }

    private void invalidate() {
        long now = topology.changes() + ports.changes();
        if (now != seen) {
            known.clear();
            beginning.clear();
            seen = now;
        }
    }

    private void add(boolean sending, LinkEnd end, List<WireSide> sides) {
        Node node = topology.node(end.node());
        if (node != null) {
            sides.add(WireSide.of(
                    sending, node.spec().datapathId(), ports.find(node.spec().datapathId(), end.port()), end.port()));
        }
    }

    /**
     * Returns all links that begin at a port, by any of its names, including links being removed that are still known.
     */
    public List<Link> beginningAt(SwitchPort port) {
        List<Link> found = new ArrayList<>();
        for (String node : topology.nodesOf(port.datapathId())) {
            for (String locator : ports.locators(port)) {
                for (String name : topology.linksAt(node, locator)) {
                    Link link = topology.lastKnownLink(name);
                    if (link != null
                            && link.spec().from().node().equals(node)
                            && link.spec().from().port().text().equals(locator)) {
                        found.add(link);
                    }
                }
            }
        }
        return found;
    }

    /** Returns the links, without those being removed, that begin at this side: all of them send by one port. */
    public List<Link> beginningAt(WireSide side) {
        invalidate();
        return beginning.computeIfAbsent(side, there -> linksWith(there).stream()
                .map(topology::link)
                .filter(Objects::nonNull)
                .toList());
    }

    /** Returns links as last declared, regardless of where they begin now; without unknown ones. */
    public List<Link> lastKnown(Set<String> names) {
        return names.stream()
                .map(topology::lastKnownLink)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the names of the links that are declared to have this side. */
    public Collection<String> linksWith(WireSide side) {
        Set<String> found = new LinkedHashSet<>();
        for (String node : topology.nodesOf(side.datapathId())) {
            if (side.port() == 0) {
                found.addAll(topology.linksAt(node, side.name(), side.sending()));
            } else {
                ports.locators(new SwitchPort(side.datapathId(), new PortNumber(side.port())))
                        .forEach(locator -> found.addAll(topology.linksAt(node, locator, side.sending())));
            }
        }
        return found;
    }
}
