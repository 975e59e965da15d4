package io.vlink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.FreePort;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** VXLAN tunnels in a real Open vSwitch: created, changed, removed, and left alone. */
class TunnelsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final World world = new World();
    private final OpenVSwitch ovs = world.openVSwitch();

    @AfterEach
    void close() {
        world.close();
    }

    private static void node(Records records, String name, DatapathId id, String address, String ovsdb) {
        ResourceId node = new ResourceId("default", name);
        World.put(records, new Node(node, 1, false, Instant.EPOCH, new NodeSpec(id, address, ovsdb, false)));
    }

    private static void link(Records records, String name, String from, String fromPort, String to, String toPort) {
        LinkSpec spec = new LinkSpec(
                new LinkEnd(from, new PortLocator(fromPort)),
                new LinkEnd(to, new PortLocator(toPort)),
                1_000_000_000,
                100_000,
                LinkKind.VXLAN,
                false);
        World.put(records, new Link(new ResourceId("default", name), 1, false, Instant.EPOCH, spec));
    }

    private String option(String port, String option) {
        return ovs.vsctl("--if-exists", "get", "interface", port, "options:" + option)
                .strip()
                .replace("\"", "");
    }

    private void awaitOption(String port, String option, String value) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(option(port, option)).isEqualTo(value));
    }

    private void awaitPort(String bridge, String port, boolean there) {
        await().atMost(LONG).until(() -> ovs.vsctl("list-ports", bridge).lines().anyMatch(port::equals) == there);
    }

    private String number(String port) {
        return ovs.vsctl("get", "interface", port, "ofport").strip();
    }

    private void tunnel(Records records, DatapathId id) {
        node(records, "node-a", id, "10.0.0.1", ovs.ovsdb());
        node(records, "node-c", DatapathId.of("c"), "10.0.0.3", "tcp:127.0.0.1:1");
        link(records, "link-ac", "node-a", "vx-c", "node-c", "vx-a");
        link(records, "link-ca", "node-c", "vx-a", "node-a", "vx-c");
    }

    @Test
    void createsKeepsAndRemovesATunnel() {
        // Given
        int port = FreePort.find();
        GatewayProcess gateway = world.gateway(port);
        Records records = world.records();
        DatapathId id = ovs.bridge("tun", 1, "OpenFlow14");
        tunnel(records, id);
        // When
        ovs.connect("tun", port);
        // Then
        awaitPort("tun", "vx-c", true);
        assertThat(ovs.vsctl("get", "interface", "vx-c", "type").strip()).isEqualTo("vxlan");
        assertThat(ovs.vsctl("get", "interface", "vx-c", "options").strip())
                .isEqualTo("{dst_port=\"4789\", key=flow, local_ip=\"10.0.0.1\", remote_ip=\"10.0.0.3\"}");
        assertThat(ovs.vsctl("get", "port", "vx-c", "external_ids")).contains("vlink:owner", "switch-gateway");
        records.await(Topic.LINK_STATES, "default/link-ca", LinkState.class, LinkState::up);
        // When: the address of the other end changes
        String number = number("vx-c");
        node(records, "node-c", DatapathId.of("c"), "10.0.0.33", "tcp:127.0.0.1:1");
        // Then
        awaitOption("vx-c", "remote_ip", "10.0.0.33");
        assertThat(number("vx-c")).isEqualTo(number);
        // When: others change or delete it
        ovs.vsctl("set", "interface", "vx-c", "options:remote_ip=10.0.0.99");
        awaitOption("vx-c", "remote_ip", "10.0.0.33");
        ovs.vsctl("del-port", "tun", "vx-c");
        // Then
        awaitPort("tun", "vx-c", true);
        records.await(Topic.LINK_STATES, "default/link-ca", LinkState.class, LinkState::up);
        // When: the gateway restarts
        gateway.close();
        String row = ovs.vsctl("get", "interface", "vx-c", "_uuid");
        GatewayProcess second = world.gateway(port);
        records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> state.checked());
        ovs.restart();
        records.await(Topic.LINK_STATES, "default/link-ca", LinkState.class, LinkState::up);
        // Then
        assertThat(second.metric("vlink_gateway_tunnel_changes_total")).isZero();
        assertThat(ovs.vsctl("get", "interface", "vx-c", "_uuid")).isEqualTo(row);
        // When
        records.put(Topic.LINKS, "default", "default/link-ac", null);
        records.put(Topic.LINKS, "default", "default/link-ca", null);
        // Then
        awaitPort("tun", "vx-c", false);
    }

    @Test
    void removesTheTunnelsOfARemovedNode() {
        // Given
        int port = FreePort.find();
        GatewayProcess gateway = world.gateway(port);
        Records records = world.records();
        DatapathId id = ovs.bridge("gone", 1, "OpenFlow14");
        tunnel(records, id);
        ovs.connect("gone", gateway.port());
        awaitPort("gone", "vx-c", true);
        // When
        records.put(Topic.NODES, "default", "default/node-a", null);
        // Then
        awaitPort("gone", "vx-c", false);
    }

    @Test
    void reportsAPortOfOthersAndLeavesItUnchanged() {
        // Given
        int port = FreePort.find();
        GatewayProcess gateway = world.gateway(port);
        Records records = world.records();
        DatapathId id = ovs.bridge("alien", 1, "OpenFlow14");
        ovs.vsctl("add-port", "alien", "vx-c", "--", "set", "interface", "vx-c", "type=dummy");
        tunnel(records, id);
        // When
        ovs.connect("alien", gateway.port());
        // Then
        LinkState refused = records.await(
                Topic.LINK_STATES, "default/link-ca", LinkState.class, state -> "TunnelRefused".equals(state.reason()));
        assertThat(refused.message()).contains("vx-c was not created by Vlink");
        assertThat(ovs.vsctl("get", "interface", "vx-c", "type").strip()).isEqualTo("dummy");
        // When
        ovs.vsctl("del-port", "alien", "vx-c");
        // Then
        awaitOption("vx-c", "remote_ip", "10.0.0.3");
        records.await(Topic.LINK_STATES, "default/link-ca", LinkState.class, LinkState::up);
    }

    @Test
    void writesTunnelsOnlyAsTheMaster() {
        // Given
        int portA = FreePort.find();
        int portB = FreePort.find();
        GatewayProcess a = world.gateway(portA, "vlink.gateway.name=a");
        GatewayProcess b = world.gateway(portB, "vlink.gateway.name=b");
        Records records = world.records();
        DatapathId id = ovs.bridge("pair", 1, "OpenFlow14");
        tunnel(records, id);
        // When
        ovs.vsctl("set-controller", "pair", "tcp:127.0.0.1:" + portA, "tcp:127.0.0.1:" + portB);
        // Then
        awaitPort("pair", "vx-c", true);
        records.await(Topic.LINK_STATES, "default/link-ca", LinkState.class, LinkState::up);
        assertThat(a.metric("vlink_gateway_tunnel_changes_total") + b.metric("vlink_gateway_tunnel_changes_total"))
                .isEqualTo(1);
    }
}
