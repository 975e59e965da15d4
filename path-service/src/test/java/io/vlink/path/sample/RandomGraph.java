package io.vlink.path.sample;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.Reservations;
import io.vlink.path.allocation.Wires;
import io.vlink.path.planning.LinkHealth;
import io.vlink.path.planning.Planner;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.SwitchOwners;
import io.vlink.path.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A large overlay for the planner alone: a ring of nodes with twice as many random cables; all links are up. */
public final class RandomGraph {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final int CABLES_PER_NODE = 3;
    private static final long BITS = 1_000_000_000;

    private final PortTable ports = new PortTable();
    private final Topology topology = new Topology(ports, Duration.ofSeconds(60));
    private final Planner planner;
    private final int nodes;
    private long generation = 1;

    private RandomGraph(int nodes) {
        this.nodes = nodes;
        Wires wires = new Wires(topology, ports);
        this.planner = new Planner(
                topology,
                new LinkHealth(topology, wires, port -> false, new SwitchOwners()),
                wires,
                new Reservations(wires, 0),
                new Pools(wires));
    }

    public static RandomGraph of(int nodes, Random random) {
        RandomGraph graph = new RandomGraph(nodes);
        for (int i = 0; i < nodes; i++) {
            graph.topology.put(new Node(
                    new ResourceId("o", name(i)),
                    1,
                    false,
                    NOW,
                    new NodeSpec(new DatapathId(i + 1L), null, null, false)));
        }
        for (int i = 0; i < nodes; i++) {
            graph.cable(i, (i + 1) % nodes, 0, 1_000 + random.nextInt(1_000_000));
            for (int more = 1; more < CABLES_PER_NODE; more++) {
                int other = (i + 2 + random.nextInt(nodes - 3)) % nodes;
                graph.cable(i, other, more, 1_000 + random.nextInt(1_000_000));
            }
        }
        return graph;
    }

    /** Returns the number of links: two for each cable. */
    public int links() {
        return 2 * CABLES_PER_NODE * nodes;
    }

    public String node(int number) {
        return name(number);
    }

    private static String name(int node) {
        return "node-%05d".formatted(node);
    }

    private void cable(int from, int to, int number, long latencyNanos) {
        LinkEnd one = Edits.end(name(from), "p%d-%d".formatted(to, number));
        LinkEnd other = Edits.end(name(to), "q%d-%d".formatted(from, number));
        link("link-%d-%d-%d".formatted(from, to, number), one, other, latencyNanos);
        link("link-%d-%d-%d-back".formatted(from, to, number), other, one, latencyNanos);
    }

    private void link(String name, LinkEnd from, LinkEnd to, long latencyNanos) {
        put(name, new LinkSpec(from, to, BITS, latencyNanos, LinkKind.PLAIN, false));
        up(name, true);
    }

    private void put(String name, LinkSpec spec) {
        topology.put(new Link(new ResourceId("o", name), ++generation, false, NOW, spec));
    }

    private void up(String name, boolean up) {
        topology.put(new LinkState(new ResourceId("o", name), 1, up, null, null, NOW, null), NOW, false);
    }

    /** Reports all links that begin or end at a node up or down. */
    public void nodeUp(String node, boolean up) {
        for (Link link : linksAt(node)) {
            up(link.id().name(), up);
        }
    }

    /** Sets the capacity of all links that begin or end at a node, in bit/s. */
    public void capacities(String node, long bits) {
        for (Link link : linksAt(node)) {
            put(link.id().name(), Edits.capacity(bits).apply(link.spec()));
        }
    }

    /** Sets the capacity of all links between the first half of the nodes and the others, in bit/s. */
    public void capacitiesBetweenHalves(long bits) {
        for (int i = 0; i < nodes; i++) {
            for (Link link : List.copyOf(topology.linksFrom(name(i)))) {
                if (isInFirstHalf(name(i)) != isInFirstHalf(link.spec().to().node())) {
                    put(link.id().name(), Edits.capacity(bits).apply(link.spec()));
                }
            }
        }
    }

    /** Sets the latency of all links that lead back from the other nodes to the first half, in nanoseconds. */
    public void latenciesBackToFirstHalf(long nanos) {
        for (int i = 0; i < nodes; i++) {
            for (Link link : List.copyOf(topology.linksFrom(name(i)))) {
                if (isInFirstHalf(link.spec().to().node()) && !isInFirstHalf(name(i))) {
                    put(link.id().name(), Edits.latency(nanos).apply(link.spec()));
                }
            }
        }
    }

    public boolean isInFirstHalf(String node) {
        return node.compareTo(name(nodes / 2)) < 0;
    }

    private List<Link> linksAt(String node) {
        List<Link> links = new ArrayList<>(topology.linksFrom(node));
        links.addAll(topology.linksTo(node));
        return links;
    }

    public String someNode(Random random) {
        return name(random.nextInt(nodes));
    }

    public Planner planner() {
        return planner;
    }
}
