package io.vlink.gateway;

import static io.vlink.gateway.lab.World.link;
import static io.vlink.gateway.lab.World.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkState;
import io.vlink.events.nodes.Node;
import io.vlink.fixtures.FreePort;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two nodes with a link in each direction, and the bridge of the first. */
abstract class TunnelFixture {

    static final Duration DEADLINE = Duration.ofSeconds(60);
    static final DatapathId FAR = DatapathId.of("fa");
    static final String OPTIONS = "{dst_port=\"4789\", key=flow, local_ip=\"%s\", remote_ip=\"%s\"}";
    static final Link THERE = link("link-ab", "a", "vx-b", "b", "vx-a", LinkKind.VXLAN);
    static final Link BACK = link("link-ba", "b", "vx-a", "a", "vx-b", LinkKind.VXLAN);
    static final Node B = node("b", FAR, null, "10.0.0.2");
    final World world = new World();
    final OpenVSwitch ovs = world.openVSwitch();
    final int port = FreePort.find();
    final GatewayProcess gateway = world.gateway(port);
    final Records records = world.records();
    final DatapathId id = ovs.bridge("br-a", 1, "OpenFlow14");
    final Node a = node("a", id, ovs.ovsdb(), "10.0.0.1");

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

    String column(String name, String column) {
        return ovs.vsctl("--if-exists", "get", "interface", name, column).strip();
    }

    static void eventually(ThrowingConsumer<Void> assertion) {
        await().atMost(DEADLINE).untilAsserted(() -> assertion.accept(null));
    }

    void awaitTunnel(String name, String local, String remote) {
        eventually(nothing -> {
            assertThat(column(name, "options")).isEqualTo(OPTIONS.formatted(local, remote));
            assertThat(column(name, "ofport")).matches("[1-9][0-9]*");
        });
    }

    void awaitNone(String name) {
        eventually(
                nothing -> assertThat(ovs.vsctl("list-ports", "br-a").lines()).doesNotContain(name));
    }

    LinkState awaitReason(String link, String reason) {
        return records.await(
                Topic.LINK_STATES, "default/" + link, LinkState.class, state -> reason.equals(state.reason()));
    }

    void awaitUp(String link) {
        records.await(Topic.LINK_STATES, "default/" + link, LinkState.class, LinkState::up);
    }
}
