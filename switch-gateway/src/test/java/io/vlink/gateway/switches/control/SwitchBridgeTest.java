package io.vlink.gateway.switches.control;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.PortNumber;
import io.vlink.events.switches.Plug;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.BridgeSettings;
import io.vlink.gateway.switches.boundary.ObservedPort;
import io.vlink.gateway.switches.boundary.PortSizes;
import io.vlink.gateway.switches.boundary.RecordedBridge;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The node's OVSDB decides whether a switch is used, and completes the data of its ports. */
class SwitchBridgeTest extends SwitchControlFixture {

    private static final BridgeSettings SAFE = new BridgeSettings("br0", "secure", "true", null);
    private static final BridgeSettings UNSAFE = new BridgeSettings("br0", "standalone", "true", null);
    private static final PortSizes SIZES = sizes(1_500);

    /** The sizes of {@code p1}, and of {@code p2}, which has none. */
    private static PortSizes sizes(int mtu) {
        PortSizes sizes = new PortSizes();
        sizes.put("p1", mtu);
        sizes.put("p2", null);
        return sizes;
    }

    @Test
    void sendsNoRuleToAnUnsafeSwitch() {
        // Given
        replay.ovsdb("tcp:h:1").put(set("n", 1, 7, ingress(1, 1, 7)));
        // When
        replay.connectAndObey().on(new SwitchEvent.BridgeRead(ID, UNSAFE, SIZES));
        // Then
        assertThat(replay.rules).isEmpty();
        assertThat(replay.commands).hasOnlyElementsOfType(SwitchCommand.ReadForeign.class);
        replay.obey();
        assertThat(switches()).singleElement().satisfies(state -> {
            assertThat(state.state()).isEqualTo(Switch.State.REFUSED);
            assertThat(state.reason()).contains("ovs-vsctl set-fail-mode br0 secure");
        });
        assertThat(replay.states).singleElement().satisfies(state -> {
            assertThat(state.applied()).isFalse();
            assertThat(state.error()).startsWith("SwitchRefused: ");
        });
    }

    @Test
    void followsABridgeThatIsFixedAndBrokenAgain() {
        // Given
        replay.ovsdb("tcp:h:1").put(set("n", 1, 7, ingress(1, 1, 7)));
        replay.connectAndObey().on(new SwitchEvent.BridgeRead(ID, UNSAFE, SIZES));
        // When
        replay.on(new SwitchEvent.BridgeRead(ID, SAFE, SIZES)).obey();
        // Then
        assertThat(switches()).last().satisfies(state -> {
            assertThat(state.state()).isEqualTo(Switch.State.CONNECTED);
            assertThat(state.checked()).isTrue();
        });
        assertThat(replay.states).last().satisfies(state -> assertThat(state.applied())
                .isTrue());
        // When
        replay.on(new SwitchEvent.BridgeRead(ID, UNSAFE, SIZES)).obey();
        // Then
        assertThat(switches()).last().satisfies(state -> assertThat(state.state())
                .isEqualTo(Switch.State.REFUSED));
        assertThat(replay.states).last().satisfies(state -> assertThat(state.error())
                .startsWith("SwitchRefused"));
    }

    @Test
    void acceptsASwitchWhoseOvsdbIsUnavailable() {
        // Given
        replay.ovsdb("tcp:h:1").connectAndObey();
        assertThat(switches()).isEmpty();
        // When
        replay.on(new SwitchEvent.BridgeUnknown(ID, "connection refused"));
        // Then
        assertThat(switches()).singleElement().satisfies(state -> {
            assertThat(state.state()).isEqualTo(Switch.State.CONNECTED);
            assertThat(state.checked()).isFalse();
        });
    }

    @Test
    void checksASwitchWhoseNodeIsRecordedLater() {
        // Given
        replay.connectAndObey();
        // When
        replay.ovsdb("tcp:h:1");
        // Then
        assertThat(replay.commands).containsExactly(new SwitchCommand.WatchBridge(ID, "tcp:h:1"));
        replay.on(new SwitchEvent.BridgeRead(ID, UNSAFE, SIZES));
        assertThat(switches()).last().satisfies(state -> assertThat(state.state())
                .isEqualTo(Switch.State.REFUSED));
    }

    @Test
    void reportsNewPortsTogetherWithTheirSizes() {
        // Given: OVSDB is asked, and has not answered
        replay.ovsdb("tcp:h:1").connectAndObey();
        assertThat(ports()).isEmpty();
        // When
        replay.on(new SwitchEvent.BridgeRead(ID, SAFE, SIZES)).obey();
        // Then
        assertThat(ports()).extracting(port -> port.name() + port.mtu()).containsExactly("p11500", "p2null");
        // When: a port is added, and OVSDB reports it a little later
        replay.on(new SwitchEvent.PortSeen(ID, 1, Replay.port(3, true)));
        assertThat(ports()).hasSize(2);
        PortSizes withThird = sizes(1_500);
        withThird.put("p3", 9_000);
        replay.on(new SwitchEvent.BridgeRead(ID, SAFE, withThird));
        // Then
        assertThat(ports()).hasSize(3);
        assertThat(ports().getLast()).satisfies(port -> {
            assertThat(port.name()).isEqualTo("p3");
            assertThat(port.mtu()).isEqualTo(9_000);
        });
    }

    @Test
    void reportsAChangedSize() {
        // Given
        replay.ovsdb("tcp:h:1").connectAndObey().on(new SwitchEvent.BridgeRead(ID, SAFE, SIZES));
        int before = ports().size();
        // When
        replay.on(new SwitchEvent.BridgeRead(ID, SAFE, sizes(1_600)));
        // Then
        assertThat(ports().subList(before, ports().size()))
                .extracting(port -> port.name() + port.mtu())
                .containsExactly("p11600");
    }

    @Test
    void reportsPlugsAndKeepsThemWhileOvsdbIsUnavailable() {
        // Given
        replay.ovsdb("tcp:h:1").connectAndObey().on(new SwitchEvent.BridgeRead(ID, SAFE, SIZES));
        PortSizes plugged = sizes(1_500);
        plugged.plugged("p1", new Plug("0123", "net1"));
        // When
        replay.on(new SwitchEvent.BridgeRead(ID, SAFE, plugged));
        replay.on(new SwitchEvent.BridgeUnknown(ID, "gone"));
        replay.on(new SwitchEvent.PortSeen(ID, 1, Replay.port(1, false)));
        // Then
        assertThat(ports().subList(ports().size() - 2, ports().size()))
                .extracting(port -> port.name() + port.up() + port.plug())
                .containsExactly("p1true" + new Plug("0123", "net1"), "p1false" + new Plug("0123", "net1"));
    }

    @Test
    void keepsSizesWhileOvsdbIsUnavailable() {
        // Given
        replay.ovsdb("tcp:h:1").connectAndObey().on(new SwitchEvent.BridgeRead(ID, SAFE, SIZES));
        int before = ports().size();
        // When
        replay.on(new SwitchEvent.BridgeUnknown(ID, "gone"));
        replay.on(new SwitchEvent.PortSeen(ID, 1, Replay.port(1, false)));
        replay.on(new SwitchEvent.PortSeen(ID, 1, Replay.port(3, true)));
        // Then: only a port that never had a size is reported without one
        assertThat(ports().subList(before, ports().size()))
                .extracting(port -> port.name() + port.up() + port.mtu())
                .containsExactly("p1false1500", "p3truenull");
    }

    @Test
    void reportsARemovedPortWhileItsNumberAwaitsANewSize() {
        // Given
        replay.ovsdb("tcp:h:1").connectAndObey().on(new SwitchEvent.BridgeRead(ID, SAFE, SIZES));
        int before = ports().size();
        // When
        replay.on(new SwitchEvent.PortSeen(
                ID, 1, new ObservedPort(PortNumber.of(1), "p9", "02:00:00:00:00:01", true, 0)));
        // Then
        assertThat(ports().subList(before, ports().size()))
                .extracting(port -> port.name() + port.present())
                .containsExactly("p1false");
    }

    @Test
    void reportsPortsOfASwitchWhoseOvsdbIsUnavailable() {
        // Given
        replay.ovsdb("tcp:h:1").connectAndObey();
        // When
        replay.on(new SwitchEvent.BridgeUnknown(ID, "connection refused"));
        // Then
        assertThat(ports()).extracting(port -> port.name() + port.mtu()).containsExactly("p1null", "p2null");
    }

    @Test
    void reportsPortsOfAnUnsafeSwitch() {
        // When
        replay.ovsdb("tcp:h:1").connectAndObey().on(new SwitchEvent.BridgeRead(ID, UNSAFE, SIZES));
        // Then
        assertThat(ports()).extracting(port -> port.name() + port.mtu()).containsExactly("p11500", "p2null");
    }

    @Test
    void findsTheSizeOfAPortWhoseNameOpenFlowTruncates() {
        // Given
        PortSizes sizes = new PortSizes();
        sizes.put("a-name-of-some-length", 1_400);
        replay.ovsdb("tcp:h:1").connectAndObey();
        ObservedPort cut = new ObservedPort(PortNumber.of(1), "a-name-of-some-", "02:00:00:00:00:01", true, 0);
        // When
        replay.on(new SwitchEvent.PortSeen(ID, 1, cut)).on(new SwitchEvent.BridgeRead(ID, SAFE, sizes));
        // Then
        assertThat(ports()).extracting(Port::mtu).containsExactly(1_400);
    }

    @Test
    void refusesASwitchThatIsNotTheOneInOvsdb() {
        // Given
        replay.ovsdb("tcp:h:1").connectAndObey();
        int ports = ports().size();
        // When
        replay.on(new SwitchEvent.BridgeRead(
                        ID, SAFE, SIZES, new RecordedBridge("10.0.0.1", Map.of(1L, "02:00:00:00:00:99"))))
                .obey();
        // Then
        assertThat(switches()).last().satisfies(state -> {
            assertThat(state.state()).isEqualTo(Switch.State.REFUSED);
            assertThat(state.reason()).contains("Another switch with this datapath id is connected");
        });
        assertThat(ports())
                .as("its ports do not count as the recorded switch's")
                .hasSize(ports);
        assertThat(replay.rules).isEmpty();
        // When: the recorded switch connects
        replay.connectAndObey()
                .on(new SwitchEvent.BridgeRead(
                        ID, SAFE, SIZES, new RecordedBridge("127.0.0.1", Map.of(1L, "02:00:00:00:00:99"))));
        // Then
        assertThat(switches()).last().satisfies(state -> assertThat(state.state())
                .isEqualTo(Switch.State.CONNECTED));
    }
}
