package io.vlink.gateway;

import static io.vlink.gateway.lab.World.link;
import static io.vlink.gateway.lab.World.node;
import static io.vlink.gateway.lab.World.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.gateway.lab.World;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ports and changes of others, and impossible tunnels, which are reported with the reason. */
class TunnelTroubleIT extends TunnelFixture {

    @Test
    void correctsChangesByOthers() {
        // Given
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        awaitUp("link-ba");
        String number = column("vx-b", "ofport");
        // When
        ovs.vsctl("set", "interface", "vx-b", "options:remote_ip=10.9.9.9", "options:key=7");
        // Then
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        assertThat(column("vx-b", "ofport")).isEqualTo(number);
        // When
        ovs.vsctl("del-port", "br-a", "vx-b");
        // Then
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        awaitUp("link-ba");
        // When: the switch dies and restarts, then the database
        ovs.restart();
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        ovs.restartDatabase();
        ovs.vsctl("del-port", "br-a", "vx-b");
        // Then
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        // When: the bridge is deleted and created again
        ovs.vsctl("del-br", "br-a");
        assertThat(column("vx-b", "options")).isEmpty();
        assertThat(ovs.bridge("br-a", 1, "OpenFlow14")).isEqualTo(id);
        ovs.connect("br-a", port);
        // Then
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        awaitUp("link-ba");
    }

    @Test
    void leavesPortsOfOthersAlone() {
        // Given: one port that fits, and one that does not
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        ovs.vsctl(
                "add-port",
                "br-a",
                "vx-c",
                "--",
                "set",
                "interface",
                "vx-c",
                "type=vxlan",
                "options:key=flow",
                "options:remote_ip=10.0.0.3");
        ovs.vsctl(
                "add-port",
                "br-a",
                "vx-d",
                "--",
                "set",
                "interface",
                "vx-d",
                "type=vxlan",
                "options:key=7",
                "options:remote_ip=10.0.0.4");
        String c = column("vx-c", "options");
        String d = column("vx-d", "options");
        // When
        World.put(records, node("c", DatapathId.of("fc"), null, "10.0.0.3"));
        World.put(records, node("d", DatapathId.of("fd"), null, "10.0.0.4"));
        World.put(records, link("link-ca", "c", "vx-a", "a", "vx-c", LinkKind.VXLAN));
        World.put(records, link("link-da", "d", "vx-a", "a", "vx-d", LinkKind.VXLAN));
        // Then
        awaitUp("link-ca");
        LinkState foreign = awaitReason("link-da", "TunnelRefused");
        assertThat(foreign.message())
                .contains("The port vx-d was not created by Vlink", "key=flow, remote_ip=10.0.0.4");
        assertThat(column("vx-c", "options")).isEqualTo(c);
        assertThat(column("vx-d", "options")).isEqualTo(d);
        assertThat(ovs.vsctl("get", "port", "vx-c", "external_ids").strip()).isEqualTo("{}");
        // When
        ovs.vsctl("del-port", "br-a", "vx-d");
        // Then
        awaitTunnel("vx-d", "10.0.0.1", "10.0.0.4");
        awaitUp("link-da");
        // When
        World.put(records, withdrawn(link("link-ca", "c", "vx-a", "a", "vx-c", LinkKind.VXLAN)));
        World.put(records, withdrawn(link("link-da", "d", "vx-a", "a", "vx-d", LinkKind.VXLAN)));
        // Then
        awaitNone("vx-d");
        assertThat(column("vx-c", "options")).isEqualTo(c);
    }

    @Test
    void reportsWhyATunnelIsImpossible() {
        // Given
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        awaitUp("link-ba");
        ovs.vsctl("add-br", "other", "--", "set", "bridge", "other", "datapath_type=dummy");
        ovs.vsctl(
                "--no-wait",
                "add-port",
                "other",
                "by-hand",
                "--",
                "set",
                "interface",
                "by-hand",
                "type=vxlan",
                "options:key=flow",
                "options:local_ip=10.0.0.1",
                "options:remote_ip=10.0.0.5");
        // When: the same route twice, a name that is too long, and a route that another bridge has
        World.put(records, link("link-ba2", "b", "vx-a2", "a", "vx-b2", LinkKind.VXLAN));
        World.put(records, link("link-ba3", "b", "vx-a3", "a", "a-very-long-name", LinkKind.VXLAN));
        World.put(records, node("e", DatapathId.of("fe"), null, "10.0.0.5"));
        World.put(records, link("link-ea", "e", "vx-a", "a", "vx-e", LinkKind.VXLAN));
        // Then
        assertThat(awaitReason("link-ba2", "TunnelRefused").message())
                .contains(
                        "The port vx-b2 cannot be created: the port vx-b already is a tunnel to 10.0.0.2 with UDP port 4789");
        assertThat(awaitReason("link-ba3", "TunnelRefused").message()).contains("a-very-long-name", "at most 15");
        assertThat(awaitReason("link-ea", "TunnelRefused").message())
                .contains("the port by-hand of other already is a tunnel to 10.0.0.5");
        awaitUp("link-ba");
        assertThat(ovs.vsctl("list-ports", "br-a").lines()).doesNotContain("vx-b2", "a-very-long-name");
        // When
        ovs.vsctl("del-port", "other", "by-hand");
        // Then
        awaitTunnel("vx-e", "10.0.0.1", "10.0.0.5");
        awaitUp("link-ea");
    }

    @Test
    void harmsNoOtherTunnelIfOneIsImpossible() {
        // Given: a name that is taken, but not by a port
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        ovs.vsctl(
                "--no-wait",
                "add-bond",
                "br-a",
                "bond0",
                "vx-c",
                "bond-p2",
                "--",
                "set",
                "interface",
                "vx-c",
                "type=dummy",
                "--",
                "set",
                "interface",
                "bond-p2",
                "type=dummy");
        // When
        World.put(records, node("c", DatapathId.of("fc"), null, "10.0.0.3"));
        World.put(records, node("d", DatapathId.of("fd"), null, "10.0.0.4"));
        records.put(
                Topic.LINKS, "default", "default/link-ca", link("link-ca", "c", "vx-a", "a", "vx-c", LinkKind.VXLAN));
        World.put(records, link("link-da", "d", "vx-a", "a", "vx-d", LinkKind.VXLAN));
        // Then
        assertThat(awaitReason("link-ca", "TunnelRefused").message()).contains("OVSDB", "vx-c");
        awaitTunnel("vx-d", "10.0.0.1", "10.0.0.4");
        awaitUp("link-da");
    }

    @Test
    void sharesNoPortBetweenOverlays() {
        // Given
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        // When: another overlay declares the same switch, port and addresses
        for (Node node : List.of(a, B)) {
            Node twin = new Node(new ResourceId("other", node.id().name()), 1, false, Instant.EPOCH, node.spec());
            World.put(records, twin);
        }
        World.put(records, new Link(new ResourceId("other", "link-ba"), 1, false, Instant.EPOCH, BACK.spec()));
        // Then: labels of two overlays would mix on it
        LinkState refused = records.await(
                Topic.LINK_STATES, "other/link-ba", LinkState.class, state -> "TunnelRefused".equals(state.reason()));
        assertThat(refused.message()).contains("vx-b", "overlay");
        awaitUp("link-ba");
    }
}
