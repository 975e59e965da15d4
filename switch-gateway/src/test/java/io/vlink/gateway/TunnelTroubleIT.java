package io.vlink.gateway;

import static io.vlink.gateway.lab.World.link;
import static io.vlink.gateway.lab.World.node;
import static io.vlink.gateway.lab.World.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.switches.Port;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tunnels follow the topology despite changes by others, and an impossible tunnel is reported with the reason. */
class TunnelTroubleIT {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final DatapathId FAR = DatapathId.of("fa");
    private static final String OPTIONS = "{dst_port=\"4789\", key=flow, local_ip=\"%s\", remote_ip=\"%s\"}";
    private static final Link THERE = link("link-ab", "a", "vx-b", "b", "vx-a", LinkKind.VXLAN);
    private static final Link BACK = link("link-ba", "b", "vx-a", "a", "vx-b", LinkKind.VXLAN);
    private static final Node B = node("b", FAR, null, "10.0.0.2");

    private final World world = new World();
    private final OpenVSwitch ovs = world.openVSwitch();
    private final int port = OpenVSwitch.freePort();
    private final GatewayProcess gateway = world.gateway(port);
    private final Records records = world.records();
    private final DatapathId id = ovs.bridge("br-a", 1, "OpenFlow14");
    private final Node a = node("a", id, ovs.ovsdb(), "10.0.0.1");

    @BeforeEach
    void declare() {
        World.put(records, a);
        World.put(records, B);
        World.put(records, THERE);
        World.put(records, BACK);
        ovs.connect("br-a", port);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String column(String name, String column) {
        return ovs.vsctl("--if-exists", "get", "interface", name, column).strip();
    }

    private static void eventually(ThrowingConsumer<Void> assertion) {
        await().atMost(DEADLINE).untilAsserted(() -> assertion.accept(null));
    }

    private void awaitTunnel(String name, String local, String remote) {
        eventually(nothing -> {
            assertThat(column(name, "options")).isEqualTo(OPTIONS.formatted(local, remote));
            assertThat(column(name, "ofport")).matches("[1-9][0-9]*");
        });
    }

    private void awaitNone(String name) {
        eventually(
                nothing -> assertThat(ovs.vsctl("list-ports", "br-a").lines()).doesNotContain(name));
    }

    private LinkState awaitReason(String link, String reason) {
        return records.await(
                Topic.LINK_STATES, "default/" + link, LinkState.class, state -> reason.equals(state.reason()));
    }

    private void awaitUp(String link) {
        records.await(Topic.LINK_STATES, "default/" + link, LinkState.class, LinkState::up);
    }

    @Test
    void followsTheTopology() {
        // Then
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        awaitUp("link-ba");
        assertThat(ovs.vsctl("get", "port", "vx-b", "external_ids").strip())
                .isEqualTo("{\"vlink:link\"=link-ab, \"vlink:overlay\"=default, \"vlink:owner\"=switch-gateway}");
        String number = column("vx-b", "ofport");
        Port seen = records.await(Topic.PORTS, id + "/" + number, Port.class, Port::up);
        assertThat(seen.name()).isEqualTo("vx-b");
        assertThat(seen.mtu()).isNull();
        // When: the address of the other node changes
        World.put(records, node("b", FAR, null, "10.0.0.22"));
        // Then
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.22");
        // When: its own address changes
        World.put(records, node("a", id, ovs.ovsdb(), "10.0.0.11"));
        // Then: the port stays the same
        awaitTunnel("vx-b", "10.0.0.11", "10.0.0.22");
        assertThat(column("vx-b", "ofport")).isEqualTo(number);
        assertThat(records.history(Topic.PORTS)).noneMatch(line -> line.contains("\"present\":false"));
        assertThat(ovs.vsctl("list-ports", "br-a").lines()).containsExactlyInAnyOrder("br-a-p1", "vx-b");
        // When: one direction is being removed
        World.put(records, withdrawn(THERE));
        // Then: the other still needs the port
        eventually(nothing -> assertThat(ovs.vsctl("get", "port", "vx-b", "external_ids"))
                .contains("link-ba")
                .doesNotContain("link-ab"));
        assertThat(column("vx-b", "ofport")).isEqualTo(number);
        // When: the other direction becomes a plain link
        World.put(records, link("link-ba", "b", "vx-a", "a", "vx-b"));
        // Then
        awaitNone("vx-b");
        awaitReason("link-ba", "PortUnknown");
        // When: it is a tunnel again, and then the node is removed
        World.put(records, BACK);
        awaitTunnel("vx-b", "10.0.0.11", "10.0.0.22");
        World.put(records, withdrawn(a));
        records.put(Topic.NODES, "default", "default/a", null);
        // Then
        awaitNone("vx-b");
        assertThat(ovs.vsctl("list-ports", "br-a").strip()).isEqualTo("br-a-p1");
    }

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
    void changesNothingAfterARestart() {
        // Given
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        awaitUp("link-ba");
        assertThat(gateway.metric("vlink_gateway_tunnel_changes_total")).isEqualTo(1);
        String row = column("vx-b", "_uuid");
        LinkState before = records.last(Topic.LINK_STATES, "default/link-ba", LinkState.class)
                .orElseThrow();
        // When
        gateway.kill();
        GatewayProcess second = world.gateway(port);
        records.await(Topic.LINK_STATES, "default/link-ba", LinkState.class, state -> state.epoch() > before.epoch());
        World.put(records, node("f", DatapathId.of("ff"), null, "10.0.0.6"));
        World.put(records, link("link-fa", "f", "vx-a", "a", "vx-f", LinkKind.VXLAN));
        awaitTunnel("vx-f", "10.0.0.1", "10.0.0.6");
        // Then: the only change is the new tunnel
        eventually(nothing ->
                assertThat(second.metric("vlink_gateway_tunnel_changes_total")).isEqualTo(1));
        assertThat(column("vx-b", "_uuid")).isEqualTo(row);
        assertThat(records.last(Topic.LINK_STATES, "default/link-ba", LinkState.class))
                .matches(state -> Objects.equals(state.orElseThrow().since(), before.since()));
        // When: links are removed while no gateway runs
        second.kill();
        World.put(records, withdrawn(THERE));
        World.put(records, withdrawn(BACK));
        GatewayProcess third = world.gateway(port);
        // Then
        awaitNone("vx-b");
        eventually(nothing ->
                assertThat(third.metric("vlink_gateway_tunnel_changes_total")).isEqualTo(1));
        assertThat(column("vx-f", "ofport")).matches("[1-9][0-9]*");
    }

    @Test
    void swapsTheAddressesOfTwoNodes() {
        // Given
        World.put(records, node("c", DatapathId.of("fc"), null, "10.0.0.3"));
        World.put(records, link("link-ca", "c", "vx-a", "a", "vx-c", LinkKind.VXLAN));
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        awaitTunnel("vx-c", "10.0.0.1", "10.0.0.3");
        // When: for a moment both have the same address
        World.put(records, node("b", FAR, null, "10.0.0.3"));
        awaitReason("link-ba", "TunnelRefused");
        World.put(records, node("c", DatapathId.of("fc"), null, "10.0.0.2"));
        // Then: both tunnels lead to the new addresses
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.3");
        awaitTunnel("vx-c", "10.0.0.1", "10.0.0.2");
        eventually(nothing -> assertThat(ovs.appctl("ofproto/list-tunnels"))
                .contains("vx-b (vxlan: 10.0.0.1->10.0.0.3", "vx-c (vxlan: 10.0.0.1->10.0.0.2"));
        awaitUp("link-ba");
        awaitUp("link-ca");
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

    @Test
    void removesTunnelsOfARemovedNodeOnceItsDatabaseIsBack() {
        // Given
        awaitTunnel("vx-b", "10.0.0.1", "10.0.0.2");
        ovs.stopDatabase();
        // When
        World.put(records, withdrawn(a));
        records.put(Topic.NODES, "default", "default/a", null);
        ovs.restartDatabase();
        // Then
        awaitNone("vx-b");
    }
}
