package io.vlink.gateway.tunnels;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.nodes.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the recorded nodes and links that tunnels need. A link and its reverse link share one tunnel, with a
 * port at each node. Where the address of an end is not recorded, or the port is a number, the gateway does not create
 * the tunnel.
 */
public final class TunnelTopology {

    /** OpenFlow 1.3, §7.2.1: OpenFlow would show a longer name truncated. */
    private static final int LONGEST_NAME = 15;

    private static final Comparator<Link> FIRST_DECLARED =
            Comparator.comparing(Link::createdAt).thenComparing(Link::id);

    private final int udpPort;
    private final Map<ResourceId, Node> nodes = new HashMap<>();
    private final Map<ResourceId, Link> links = new HashMap<>();
    private final Map<ResourceId, Set<ResourceId>> linksOfNode = new HashMap<>();
    private final Map<DatapathId, Set<ResourceId>> nodesOfSwitch = new HashMap<>();
    private final Set<DatapathId> dirty = new HashSet<>();

    /**
     * Creates an empty instance.
     *
     * @param udpPort the UDP port on which tunnels listen
     */
    public TunnelTopology(int udpPort) {
        this.udpPort = udpPort;
    }

    public void node(ResourceId id, @Nullable Node node) {
        // A node being removed stays in use until its record is deleted.
        Node before = node == null ? nodes.remove(id) : nodes.put(id, node);
        if (before != null) {
            DatapathId datapathId = before.spec().datapathId();
            nodesOfSwitch.getOrDefault(datapathId, new HashSet<>()).remove(id);
            dirty.add(datapathId);
        }
        if (node != null) {
            DatapathId datapathId = node.spec().datapathId();
            nodesOfSwitch.computeIfAbsent(datapathId, key -> new TreeSet<>()).add(id);
            dirty.add(datapathId);
        }
        for (ResourceId link : linksOfNode.getOrDefault(id, Set.of())) {
            dirty(links.get(link));
        }
    }

    public void link(ResourceId id, @Nullable Link link) {
        Link live = link == null || link.spec().kind() != LinkKind.VXLAN ? null : link;
        Link before = live == null ? links.remove(id) : links.put(id, live);
        if (before != null) {
            dirty(before);
            for (LinkEnd end : List.of(before.spec().from(), before.spec().to())) {
                linksOfNode.getOrDefault(nodeOf(before, end), new HashSet<>()).remove(id);
            }
        }
        if (live != null) {
            dirty(live);
            for (LinkEnd end : List.of(live.spec().from(), live.spec().to())) {
                linksOfNode
                        .computeIfAbsent(nodeOf(live, end), key -> new TreeSet<>())
                        .add(id);
            }
        }
    }

    private void dirty(@Nullable Link link) {
        if (link != null) {
            for (LinkEnd end : List.of(link.spec().from(), link.spec().to())) {
                Node node = nodes.get(nodeOf(link, end));
                if (node != null) {
                    dirty.add(node.spec().datapathId());
                }
            }
        }
    }

    /** Returns the switches whose tunnels may have changed since the last call. */
    public Set<DatapathId> changed() {
        if (dirty.isEmpty()) {
            return Set.of();
        }
        Set<DatapathId> changed = Set.copyOf(dirty);
        dirty.clear();
        return changed;
    }

    /** Returns the tunnels that the node with this switch must have. */
    public WantedTunnels wanted(DatapathId datapathId) {
        Map<String, List<Tunnel>> byPort = new TreeMap<>();
        Map<ResourceId, String> problems = new HashMap<>();
        List<ResourceId> here = List.copyOf(nodesOfSwitch.getOrDefault(datapathId, Set.of()));
        here.stream()
                .flatMap(node -> linksOfNode.getOrDefault(node, Set.of()).stream())
                .distinct()
                .map(links::get)
                .flatMap(Stream::ofNullable)
                .sorted(FIRST_DECLARED)
                .forEach(link -> here.stream()
                        .filter(node -> isEnd(node, link))
                        .forEach(node -> want(node, link, byPort, problems)));
        List<Tunnel> tunnels = new ArrayList<>();
        byPort.values().forEach(same -> tunnels.add(agree(same, problems)));
        return new WantedTunnels(tunnels, problems);
    }

    private void want(ResourceId node, Link link, Map<String, List<Tunnel>> byPort, Map<ResourceId, String> problems) {
        boolean leaves = nodeOf(link, link.spec().from()).equals(node);
        LinkEnd here = leaves ? link.spec().from() : link.spec().to();
        LinkEnd there = leaves ? link.spec().to() : link.spec().from();
        Node own = nodes.get(node);
        Node other = nodes.get(nodeOf(link, there));
        if (own == null || other == null || here.port().isNumber()) {
            return;
        }
        String local = own.spec().tunnelAddress();
        String remote = other.spec().tunnelAddress();
        if (local == null || remote == null || own.spec().ovsdb() == null) {
            return;
        }
        String port = here.port().text();
        if (port.length() > LONGEST_NAME) {
            problems.put(
                    link.id(),
                    "The port name %s of node %s has %d characters; that of a tunnel may have at most %d."
                            .formatted(port, here.node(), port.length(), LONGEST_NAME));
        } else if (local.equals(remote)) {
            problems.put(
                    link.id(),
                    "The nodes %s and %s have the same tunnelAddress (%s); each needs its own."
                            .formatted(here.node(), there.node(), local));
        } else {
            byPort.computeIfAbsent(port, key -> new ArrayList<>())
                    .add(new Tunnel(port, local, remote, udpPort, List.of(link.id())));
        }
    }

    /**
     * Returns the one tunnel of those that require the same port name: that of the link declared first, for all links of its
     * overlay with the same route. Each overlay allocates its labels independently, so two overlays must never share a tunnel.
     */
    private static Tunnel agree(List<Tunnel> same, Map<ResourceId, String> problems) {
        Tunnel first = same.getFirst();
        List<ResourceId> served = new ArrayList<>();
        for (Tunnel tunnel : same) {
            ResourceId link = tunnel.links().getFirst();
            ResourceId owner = first.links().getFirst();
            if (!link.overlay().equals(owner.overlay())) {
                problems.put(
                        link,
                        "The port %s belongs to link %s in overlay %s, and labels of two overlays would mix on it. Give each its own bridge and tunnels."
                                .formatted(tunnel.port(), owner.name(), owner.overlay()));
            } else if (tunnel.route().equals(first.route())) {
                served.add(link);
            } else {
                problems.put(
                        link,
                        "The port %s belongs to link %s and leads to %s. Give the tunnel to %s its own port name."
                                .formatted(tunnel.port(), owner.name(), first.remote(), tunnel.remote()));
            }
        }
        return new Tunnel(first.port(), first.local(), first.remote(), first.udpPort(), served);
    }

    private static boolean isEnd(ResourceId node, Link link) {
        return nodeOf(link, link.spec().from()).equals(node)
                || nodeOf(link, link.spec().to()).equals(node);
    }

    private static ResourceId nodeOf(Link link, LinkEnd end) {
        return new ResourceId(link.id().overlay(), end.node());
    }
}
