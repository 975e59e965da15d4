package io.vlink.gateway;

import static io.vlink.gateway.lab.World.link;
import static io.vlink.gateway.lab.World.node;
import static io.vlink.gateway.lab.World.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkState;
import io.vlink.events.switches.Port;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.World;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tunnels follow the topology, also across restarts. */
class TunnelTopologyIT extends TunnelFixture {

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
