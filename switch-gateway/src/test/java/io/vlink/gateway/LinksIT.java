package io.vlink.gateway;

import static io.vlink.gateway.lab.World.link;
import static io.vlink.gateway.lab.World.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.links.LinkState;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import io.vlink.gateway.lab.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reports of ports and links. */
@ExtendWith(SharedWorld.class)
class LinksIT {

    private static final String UNTAGGED =
            "in_port(2),eth(src=50:54:00:00:00:05,dst=50:54:00:00:00:07),eth_type(0x1234)";
    private static final String TAGGED =
            "in_port(2),eth(src=50:54:00:00:00:05,dst=50:54:00:00:00:07),eth_type(0x8100),vlan(vid=9,pcp=0),encap(eth_type(0x1234))";

    private final GatewayProcess gateway = SharedWorld.parts().gateway();
    private final OpenVSwitch ovs = SharedWorld.parts().ovs();
    private final Records records = SharedWorld.parts().records();

    @Test
    void reportsPortsAndTheLinksThatTheyReceiveOn() {
        // Given
        DatapathId id = ovs.bridge("ports", 2, "OpenFlow14");
        World.put(records, node("ports", id, null));
        World.put(records, link("to-ports", "elsewhere", "p1", "ports", "ports-p1"));
        LinkState unknown = records.await(Topic.LINK_STATES, "default/to-ports", LinkState.class, state -> !state.up());
        assertThat(unknown.reason()).isEqualTo("SwitchUnknown");
        // When
        ovs.connect("ports", gateway.port());
        // Then
        Port port = records.await(Topic.PORTS, id + "/1", Port.class, Port::up);
        assertThat(port.name()).isEqualTo("ports-p1");
        records.await(Topic.PORTS, id + "/2", Port.class, Port::present);
        records.await(Topic.LINK_STATES, "default/to-ports", LinkState.class, LinkState::up);
        assertThat(records.last(Topic.PORTS, id + "/4294967294", Port.class)).isEmpty();
        // When
        ovs.appctl("netdev-dummy/set-admin-state", "ports-p1", "down");
        // Then
        records.await(Topic.PORTS, id + "/1", Port.class, seen -> !seen.up());
        records.await(
                Topic.LINK_STATES,
                "default/to-ports",
                LinkState.class,
                state -> !state.up() && "PortDown".equals(state.reason()));
        // When
        ovs.appctl("netdev-dummy/set-admin-state", "ports-p1", "up");
        // Then
        records.await(Topic.LINK_STATES, "default/to-ports", LinkState.class, LinkState::up);
        // When
        ovs.vsctl("del-port", "ports", "ports-p1");
        // Then
        records.await(Topic.PORTS, id + "/1", Port.class, seen -> !seen.present());
        records.await(
                Topic.LINK_STATES, "default/to-ports", LinkState.class, state -> "PortUnknown".equals(state.reason()));
        // When: the port comes back with another number
        ovs.vsctl(
                "add-port",
                "ports",
                "ports-p1",
                "--",
                "set",
                "interface",
                "ports-p1",
                "type=dummy",
                "ofport_request=9");
        ovs.appctl("netdev-dummy/set-admin-state", "ports-p1", "up");
        // Then
        records.await(Topic.PORTS, id + "/9", Port.class, seen -> seen.name().equals("ports-p1"));
        records.await(Topic.LINK_STATES, "default/to-ports", LinkState.class, LinkState::up);
        // When
        records.put(Topic.LINKS, "default", "default/to-ports", null);
        // Then
        records.awaitDeleted(Topic.LINK_STATES, "default/to-ports");
    }

    @Test
    void keepsTheLastStateOfLinksWhileTheSwitchIsDisconnected() {
        // Given
        DatapathId id = ovs.bridge("away", 2, "OpenFlow14");
        World.put(records, node("away", id, null));
        World.put(records, link("to-away", "elsewhere", "p1", "away", "away-p2"));
        ovs.connect("away", gateway.port());
        records.await(Topic.LINK_STATES, "default/to-away", LinkState.class, LinkState::up);
        // When
        ovs.vsctl("del-controller", "away");
        // Then
        records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.DISCONNECTED);
        assertThat(records.last(Topic.LINK_STATES, "default/to-away", LinkState.class))
                .get()
                .matches(LinkState::up);
        // When
        ovs.appctl("netdev-dummy/set-admin-state", "away-p2", "down");
        ovs.connect("away", gateway.port());
        // Then
        records.await(Topic.LINK_STATES, "default/to-away", LinkState.class, state -> !state.up());
    }

    @Test
    void reportsPortsThatAreUpButPassNoFrames() {
        // Given
        DatapathId id = ovs.bridge("flagged", 2, "OpenFlow14");
        ovs.appctl("netdev-dummy/set-admin-state", "flagged-p1", "up");
        ovs.appctl("netdev-dummy/set-admin-state", "flagged-p2", "up");
        World.put(records, node("flagged", id, null));
        World.put(records, link("to-flagged", "elsewhere", "p1", "flagged", "flagged-p1"));
        ovs.connect("flagged", gateway.port());
        records.await(Topic.LINK_STATES, "default/to-flagged", LinkState.class, LinkState::up);
        // When
        ovs.ofctl("mod-port", "flagged", "flagged-p1", "no-receive");
        // Then
        LinkState deaf = records.await(
                Topic.LINK_STATES, "default/to-flagged", LinkState.class, state -> "NoReceive".equals(state.reason()));
        assertThat(deaf.message()).contains("flagged-p1", "ovs-ofctl mod-port BRIDGE flagged-p1 receive");
        // When
        ovs.ofctl("mod-port", "flagged", "flagged-p1", "receive");
        // Then
        records.await(Topic.LINK_STATES, "default/to-flagged", LinkState.class, LinkState::up);
        // When
        ovs.ofctl("mod-port", "flagged", "flagged-p1", "no-forward");
        // Then
        Port dumb = records.await(Topic.PORTS, id + "/1", Port.class, port -> port.sending() != null);
        assertThat(dumb.sending()).satisfies(why -> assertThat(why.reason()).isEqualTo("NoForward"));
        assertThat(dumb.receiving()).isNull();
        assertThat(records.last(Topic.LINK_STATES, "default/to-flagged", LinkState.class))
                .get()
                .matches(LinkState::up);
        // When
        ovs.ofctl("mod-port", "flagged", "flagged-p1", "down");
        // Then
        records.await(
                Topic.LINK_STATES, "default/to-flagged", LinkState.class, state -> "PortDown".equals(state.reason()));
        // When: the other side does not speak BFD
        ovs.ofctl("mod-port", "flagged", "flagged-p1", "up");
        ovs.ofctl("mod-port", "flagged", "flagged-p1", "forward");
        records.await(Topic.LINK_STATES, "default/to-flagged", LinkState.class, LinkState::up);
        ovs.vsctl("set", "interface", "flagged-p1", "bfd:enable=true");
        // Then
        records.await(Topic.LINK_STATES, "default/to-flagged", LinkState.class, state -> "PortNotLive"
                .equals(state.reason()));
        // When
        ovs.vsctl("set", "interface", "flagged-p1", "bfd:enable=false");
        // Then
        records.await(Topic.LINK_STATES, "default/to-flagged", LinkState.class, LinkState::up);
        records.await(Topic.PORTS, id + "/1", Port.class, Port::up);
    }

    @Test
    void reportsThatANeighbourHearsASwitchWithoutController() {
        // Given
        DatapathId sender = ovs.bridge("mute", 1, "OpenFlow14");
        DatapathId receiver = ovs.bridge("hears", 2, "OpenFlow14");
        ovs.appctl("netdev-dummy/set-admin-state", "hears-p2", "up");
        World.put(records, node("mute", sender, null));
        World.put(records, node("hears", receiver, null));
        World.put(records, link("mute-hears", "mute", "mute-p1", "hears", "hears-p2"));
        RuleSet set = SharedWorld.parts().world().sample(receiver, "heard", 9);
        records.put(set);
        ovs.connect("mute", gateway.port());
        ovs.connect("hears", gateway.port());
        World.awaitApplied(records, set);
        records.await(Topic.LINK_STATES, "default/mute-hears", LinkState.class, LinkState::up);
        // When
        ovs.vsctl("del-controller", "mute");
        // Then
        Switch gone = records.await(
                Topic.SWITCHES, sender.toString(), Switch.class, seen -> seen.state() == Switch.State.DISCONNECTED);
        assertThat(gone.heardAt()).isNotNull().isBeforeOrEqualTo(gone.since());
        // When: a frame comes in as from a host, and then one as only a switch of Vlink sends it
        ovs.appctl("netdev-dummy/receive", "hears-p2", UNTAGGED);
        ovs.appctl("netdev-dummy/receive", "hears-p2", TAGGED);
        // Then
        LinkState heard =
                records.await(Topic.LINK_STATES, "default/mute-hears", LinkState.class, state -> state.heard() != null);
        assertThat(heard.up()).isTrue();
        assertThat(heard.heard()).isNotNull().satisfies(sign -> assertThat(sign.datapathId())
                .isEqualTo(sender));
        // When
        ovs.connect("mute", gateway.port());
        // Then
        records.await(Topic.LINK_STATES, "default/mute-hears", LinkState.class, state -> state.heard() == null);
    }
}
