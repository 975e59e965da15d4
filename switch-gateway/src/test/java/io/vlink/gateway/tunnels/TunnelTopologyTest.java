package io.vlink.gateway.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.ResourceId;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tunnels that result from nodes and links. */
class TunnelTopologyTest {

    private static final DatapathId A = DatapathId.of("a");
    private static final DatapathId C = DatapathId.of("c");
    private static final ResourceId AC = ResourceId.of("default/link-ac");
    private static final ResourceId CA = ResourceId.of("default/link-ca");

    private final TunnelTopology topology = new TunnelTopology(4789);

    private void node(String name, DatapathId id, @Nullable String address, @Nullable String ovsdb) {
        ResourceId node = new ResourceId("default", name);
        topology.node(node, new Node(node, 1, false, Instant.EPOCH, new NodeSpec(id, address, ovsdb, false)));
    }

    private void link(ResourceId id, LinkKind kind, String from, String fromPort, String to, String toPort) {
        LinkSpec spec = new LinkSpec(
                new LinkEnd(from, new PortLocator(fromPort)),
                new LinkEnd(to, new PortLocator(toPort)),
                1_000_000,
                0,
                kind,
                false);
        topology.link(id, new Link(id, 1, false, Instant.EPOCH, spec));
    }

    private static LinkSpec vxlan(String from, String fromPort, String to, String toPort) {
        return new LinkSpec(
                new LinkEnd(from, new PortLocator(fromPort)),
                new LinkEnd(to, new PortLocator(toPort)),
                1_000_000,
                0,
                LinkKind.VXLAN,
                false);
    }

    private void bothNodesAndLinks() {
        node("node-a", A, "10.0.0.1", "tcp:10.0.0.1:6640");
        node("node-c", C, "10.0.0.3", "tcp:10.0.0.3:6640");
        link(AC, LinkKind.VXLAN, "node-a", "vx-c", "node-c", "vx-a");
        link(CA, LinkKind.VXLAN, "node-c", "vx-a", "node-a", "vx-c");
    }

    @Test
    void makesOneTunnelOfALinkAndItsReverse() {
        bothNodesAndLinks();

        assertThat(topology.changed()).containsExactlyInAnyOrder(A, C);
        assertThat(topology.changed()).isEmpty();
        assertThat(topology.wanted(A))
                .isEqualTo(new WantedTunnels(
                        List.of(new Tunnel("vx-c", "10.0.0.1", "10.0.0.3", 4789, List.of(AC, CA))), Map.of()));
        assertThat(topology.wanted(C).tunnels())
                .containsExactly(new Tunnel("vx-a", "10.0.0.3", "10.0.0.1", 4789, List.of(AC, CA)));
    }

    @Test
    void followsTheAddressOfTheOtherNode() {
        bothNodesAndLinks();
        topology.changed();

        node("node-c", C, "10.0.0.33", "tcp:10.0.0.3:6640");

        assertThat(topology.changed()).containsExactlyInAnyOrder(A, C);
        assertThat(topology.wanted(A).tunnels()).extracting(Tunnel::remote).containsExactly("10.0.0.33");
    }

    @Test
    void leavesLinksWithoutAddressOrWithPortNumberToOthers() {
        // Given
        bothNodesAndLinks();

        // When
        node("node-a", A, "10.0.0.1", null);

        // Then
        assertThat(topology.wanted(A).tunnels()).isEmpty();
        assertThat(topology.wanted(C).tunnels()).hasSize(1);

        // When
        node("node-a", A, null, "tcp:10.0.0.1:6640");

        // Then
        assertThat(topology.wanted(A).tunnels()).isEmpty();
        assertThat(topology.wanted(C).tunnels()).isEmpty();

        // When
        bothNodesAndLinks();
        link(AC, LinkKind.VXLAN, "node-a", "7", "node-c", "vx-a");
        topology.link(CA, null);

        // Then
        assertThat(topology.wanted(A)).isEqualTo(WantedTunnels.NONE);
        assertThat(topology.wanted(C).tunnels()).hasSize(1);
    }

    @Test
    void wantsNoTunnelForLinksThatBecamePlainOrWereRemoved() {
        bothNodesAndLinks();
        topology.changed();

        link(AC, LinkKind.PLAIN, "node-a", "vx-c", "node-c", "vx-a");
        assertThat(topology.wanted(A).tunnels()).flatExtracting(Tunnel::links).containsExactly(CA);
        topology.link(CA, null);

        assertThat(topology.changed()).containsExactlyInAnyOrder(A, C);
        assertThat(topology.wanted(A)).isEqualTo(WantedTunnels.NONE);
        assertThat(topology.wanted(C)).isEqualTo(WantedTunnels.NONE);
    }

    @Test
    void keepsTheTunnelOfALinkBeingRemovedUntilItsRecordIsGone() {
        bothNodesAndLinks();

        topology.link(AC, new Link(AC, 2, true, Instant.EPOCH, vxlan("node-a", "vx-c", "node-c", "vx-a")));
        topology.link(CA, new Link(CA, 2, true, Instant.EPOCH, vxlan("node-c", "vx-a", "node-a", "vx-c")));
        assertThat(topology.wanted(A).tunnels()).hasSize(1);

        topology.link(AC, null);
        topology.link(CA, null);
        assertThat(topology.wanted(A)).isEqualTo(WantedTunnels.NONE);
    }

    @Test
    void wantsNoTunnelWhereANodeWasRemoved() {
        bothNodesAndLinks();
        topology.changed();

        topology.node(ResourceId.of("default/node-c"), null);

        assertThat(topology.changed()).containsExactlyInAnyOrder(A, C);
        assertThat(topology.wanted(A)).isEqualTo(WantedTunnels.NONE);
        assertThat(topology.wanted(C)).isEqualTo(WantedTunnels.NONE);
    }

    @Test
    void checksTheSwitchOfANodeSeenOnlyWhileBeingRemoved() {
        ResourceId id = ResourceId.of("default/node-a");

        topology.node(
                id, new Node(id, 2, true, Instant.EPOCH, new NodeSpec(A, "10.0.0.1", "tcp:10.0.0.1:6640", false)));

        assertThat(topology.changed()).containsExactly(A);
        assertThat(topology.wanted(A)).isEqualTo(WantedTunnels.NONE);
    }

    @Test
    void sharesNoTunnelBetweenOverlays() {
        // Given
        bothNodesAndLinks();
        ResourceId other = ResourceId.of("another/link-ac");
        for (String name : List.of("node-a", "node-c")) {
            ResourceId node = new ResourceId("another", name);
            DatapathId id = name.equals("node-a") ? A : C;
            String address = name.equals("node-a") ? "10.0.0.1" : "10.0.0.3";
            topology.node(
                    node,
                    new Node(
                            node,
                            1,
                            false,
                            Instant.EPOCH,
                            new NodeSpec(id, address, "tcp:%s:6640".formatted(address), false)));
        }
        LinkSpec spec = new LinkSpec(
                new LinkEnd("node-a", new PortLocator("vx-c")),
                new LinkEnd("node-c", new PortLocator("vx-a")),
                1_000_000,
                0,
                LinkKind.VXLAN,
                false);

        // When
        topology.link(other, new Link(other, 1, false, Instant.EPOCH.plusSeconds(1), spec));

        // Then
        // The name of the overlay sorts first, but its link was declared last.
        assertThat(topology.wanted(A).tunnels()).flatExtracting(Tunnel::links).containsExactly(AC, CA);
        assertThat(topology.wanted(A).problems()).containsOnlyKeys(other);
        assertThat(topology.wanted(A).problems().get(other)).contains("link-ac in overlay default", "labels");
    }

    @Test
    void reportsNamesAndAddressesThatAreUnfit() {
        bothNodesAndLinks();
        link(AC, LinkKind.VXLAN, "node-a", "a-name-of-17-char", "node-c", "vx-a");
        assertThat(topology.wanted(A).problems().get(AC)).contains("17 characters", "at most 15");

        bothNodesAndLinks();
        node("node-c", C, "10.0.0.1", "tcp:10.0.0.3:6640");
        assertThat(topology.wanted(A).problems().get(AC)).contains("same tunnelAddress (10.0.0.1)");
    }

    @Test
    void reportsTwoLinksThatNeedOnePortForDifferentNodes() {
        bothNodesAndLinks();
        node("node-d", DatapathId.of("d"), "10.0.0.4", "tcp:10.0.0.4:6640");
        ResourceId ad = ResourceId.of("default/link-ad");

        link(ad, LinkKind.VXLAN, "node-a", "vx-c", "node-d", "vx-a");

        assertThat(topology.wanted(A).problems()).containsOnlyKeys(ad);
        assertThat(topology.wanted(A).problems().get(ad)).contains("leads to 10.0.0.3", "to 10.0.0.4");
        assertThat(topology.wanted(A).tunnels()).singleElement().matches(t -> t.remote()
                .equals("10.0.0.3"));
    }
}
