package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.switches.Port;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.Reservations;
import io.vlink.path.allocation.Shares;
import io.vlink.path.allocation.Ways;
import io.vlink.path.allocation.Wires;
import io.vlink.path.decision.Footprint.DeclaredPort;
import io.vlink.path.planning.LinkHealth;
import io.vlink.path.planning.Planner;
import io.vlink.path.topology.PortTable;
import io.vlink.path.topology.SwitchOwners;
import io.vlink.path.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The networks that a change of the topology concerns, and those that it does not. */
final class TopologyChangesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final DatapathId SWITCH = DatapathId.of("a");

    private final PortTable ports = new PortTable();
    private final Topology topology = new Topology(ports, Duration.ofSeconds(60));
    private final NetworkIndex index = new NetworkIndex();
    private final Agenda agenda = new Agenda();
    private final TopologyChanges changes = changes();

    private TopologyChanges changes() {
        Wires wires = new Wires(topology, ports);
        Pools pools = new Pools(wires);
        Reservations reservations = new Reservations(wires, 0);
        LinkHealth health = new LinkHealth(topology, wires, port -> false, new SwitchOwners());
        WaitingNetworks waiting =
                new WaitingNetworks(topology, new Planner(topology, health, wires, reservations, pools), agenda);
        Shares shares = new Shares(wires, reservations);
        return new TopologyChanges(
                topology,
                ports,
                index,
                waiting,
                agenda,
                new Latencies(topology, index, waiting, agenda),
                shares,
                new OverlayLedger(topology, wires, pools, reservations, shares, index, waiting, agenda));
    }

    @Test
    void aChangedLinkRetriesTheNetworksThatCrossItOnce() {
        NetworkState crossing = network("crossing", "link-ab", "node-a", "eth1", null);
        network("elsewhere", "link-cd", "node-c", "eth1", null);

        changes.link("link-ab", link());

        assertThat(agenda.take()).containsExactly(crossing);
        assertThat(crossing.retries()).isTrue();
        changes.link("link-ab", link());
        assertThat(agenda.isEmpty()).isTrue();
    }

    @Test
    void aChangedNodeRetriesTheNetworksOnItOnce() {
        NetworkState there = network("there", "link-ab", "node-a", "eth1", null);
        network("elsewhere", "link-cd", "node-c", "eth1", null);

        changes.node("node-a", node());

        assertThat(agenda.take()).containsExactly(there);
        assertThat(there.retries()).isTrue();
        changes.node("node-a", node());
        assertThat(agenda.isEmpty()).isTrue();
    }

    @Test
    void anOutageRetriesANetworkAndALatencyOnlyTouchesIt() {
        NetworkState crossing = network("crossing", "link-ab", "node-a", "eth1", null);

        changes.linkState("link-ab", state(null), NOW, false);
        assertThat(agenda.take()).containsExactly(crossing);
        assertThat(crossing.retries()).isTrue();

        crossing.retry(false);
        changes.linkState("link-ab", state(7_000L), NOW, false);
        assertThat(agenda.take()).containsExactly(crossing);
        assertThat(crossing.retries()).isFalse();
    }

    @Test
    void aPortTouchesNetworksAttachedThereOrDisplacedOnItsSwitch() {
        // Given
        changes.node("node-a", node());
        NetworkState attached = network("attached", "link-xy", "node-a", "eth1", null);
        NetworkState displaced = network("displaced", "link-xy", "node-b", "eth1", SWITCH);
        network("beside", "link-xy", "node-a", "eth2", null);
        SwitchPort id = new SwitchPort(SWITCH, new PortNumber(3));

        // When
        Set<String> locators = ports.put(new Port(id, 1, true, "eth1", "02:00:00:00:00:01", true, 0, null), NOW);
        changes.ports(id, locators);

        // Then
        assertThat(agenda.take()).containsExactly(attached, displaced);
        assertThat(attached.retries()).isFalse();
    }

    private NetworkState network(String name, String link, String node, String port, @Nullable DatapathId displacedOn) {
        NetworkState network = new NetworkState(new NetworkId("o", "ns", name));
        Footprint footprint = new Footprint(
                new Ways(List.of(), Map.of(), Set.of(), Set.of(link), Set.of(), Set.of()),
                Set.of(node),
                Set.of(new DeclaredPort(node, port)),
                Set.of(),
                displacedOn == null ? Set.of() : Set.of(displacedOn),
                Set.of());
        index.replace(network, Footprint.NOTHING, footprint);
        return network;
    }

    private static Node node() {
        return new Node(new ResourceId("o", "node-a"), 1, false, NOW, new NodeSpec(SWITCH, null, null, false));
    }

    private static Link link() {
        LinkSpec spec = new LinkSpec(
                new LinkEnd("node-a", PortLocator.of("uplink")),
                new LinkEnd("node-b", PortLocator.of(1)),
                1_000,
                5_000,
                LinkKind.PLAIN,
                false);
        return new Link(new ResourceId("o", "link-ab"), 1, false, NOW, spec);
    }

    private static LinkState state(@Nullable Long latencyNanos) {
        return new LinkState(new ResourceId("o", "link-ab"), 1, true, null, null, NOW, latencyNanos);
    }
}
