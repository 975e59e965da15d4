package io.vlink.gateway.switches.ports;

import static io.vlink.gateway.switches.Replay.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.PortNumber;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.SwitchWarning;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.BridgeSettings;
import io.vlink.gateway.switches.boundary.ObservedPort;
import io.vlink.gateway.switches.boundary.PortSizes;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report of a port says whether frames pass it, in each direction. */
class PortTruthTest {

    private final Replay replay = new Replay().connectAndObey();

    private List<Port> ports() {
        return replay.all.stream()
                .flatMap(effects -> effects.ports().stream())
                .filter(port -> port.id().port().equals(PortNumber.of(1)))
                .toList();
    }

    private Port last() {
        return ports().getLast();
    }

    private void see(boolean up, boolean live, boolean sends, boolean receives) {
        replay.on(new SwitchEvent.PortSeen(
                ID,
                1,
                new ObservedPort(PortNumber.of(1), "p1", "02:00:00:00:00:01", up, live, sends, receives, 10_000_000)));
    }

    @Test
    void reportsFlagsInTheirDirection() {
        // When
        see(true, true, false, true);
        // Then
        assertThat(last().up()).isTrue();
        assertThat(last().receiving()).isNull();
        assertThat(last().sending())
                .isEqualTo(new Hindrance(
                        "NoForward",
                        "The port p1 of switch 000000000000000a is set to no-forward, so that no frame leaves by it: run"
                                + " \"ovs-ofctl mod-port BRIDGE p1 forward\" there."));
        // When
        see(true, true, true, false);
        // Then
        assertThat(last().sending()).isNull();
        assertThat(last().receiving()).isNotNull().satisfies(why -> assertThat(why.reason())
                .isEqualTo("NoReceive"));
        // When
        see(true, true, true, true);
        // Then
        assertThat(last().receiving()).isNull();
    }

    @Test
    void reportsAPortWithCarrierAsDownWhileItIsNotLive() {
        // Given
        int before = ports().size();
        // When
        see(true, false, true, true);
        // Then
        assertThat(ports()).hasSize(before);
        assertThat(replay.next).isNotNull().isBeforeOrEqualTo(replay.now.plus(PortLiveness.PATIENCE));
        // When
        replay.later(PortLiveness.PATIENCE);
        // Then
        assertThat(last().up()).isFalse();
        assertThat(last().sending()).isNotNull().satisfies(why -> assertThat(why.reason())
                .isEqualTo("PortNotLive"));
        assertThat(last().receiving()).isEqualTo(last().sending());
        // When
        see(true, true, true, true);
        // Then
        assertThat(last().up()).isTrue();
        assertThat(last().sending()).isNull();
    }

    @Test
    void reportsLostCarrierOnce() {
        // Given: Open vSwitch reports it in two messages
        int before = ports().size();
        // When
        see(true, false, true, true);
        see(false, false, true, true);
        replay.later(Duration.ofSeconds(2));
        // Then
        assertThat(ports()).hasSize(before + 1);
        assertThat(last().up()).isFalse();
        assertThat(last().sending()).isNull();
    }

    @Test
    void usesCarrierAloneIfTheSwitchNeverReportsAPortAsLive() {
        // Given
        Replay silent = new Replay();
        silent.connection = 1;
        silent.on(new SwitchEvent.Connected(
                        ID,
                        1,
                        "127.0.0.1:1",
                        "1.3",
                        "other",
                        List.of(new ObservedPort(
                                PortNumber.of(1), "p1", "02:00:00:00:00:01", true, false, true, true, 0))))
                .obey();
        // When
        silent.later(Duration.ofSeconds(10));
        // Then
        assertThat(silent.all.stream().flatMap(effects -> effects.ports().stream()))
                .singleElement()
                .satisfies(port -> assertThat(port.up()).isTrue());
    }

    @Test
    void hearsAPeerByBfdWithoutFrames() {
        // Given
        PortSizes sizes = new PortSizes();
        sizes.put("p1", 1_500);
        BridgeSettings safe = new BridgeSettings("br0", "secure", "true", null, List.of());
        replay.ovsdb("tcp:h:1").on(new SwitchEvent.BridgeRead(ID, safe, sizes)).obey();
        assertThat(replay.control.heardOn(PortNumber.of(1))).isNull();
        // When
        PortSizes watched = new PortSizes();
        watched.put("p1", 1_500);
        watched.hears("p1");
        replay.on(new SwitchEvent.BridgeRead(ID, safe, watched));
        replay.later(Duration.ofSeconds(20)).obey();
        // Then
        assertThat(replay.control.heardOn(PortNumber.of(1))).isEqualTo(replay.now);
        // When: it hears nothing
        see(true, false, true, true);
        // Then
        assertThat(replay.control.heardOn(PortNumber.of(1))).isNull();
    }

    @Test
    void reportsThatAMirrorsOutputPortReceivesNothing() {
        // Given
        BridgeSettings safe = new BridgeSettings("br0", "secure", "true", null, List.of("A mirror copies frames."));
        PortSizes reserved = new PortSizes();
        reserved.put("p1", 1_500);
        reserved.reserved("p1");
        replay.ovsdb("tcp:h:1");
        // When
        replay.on(new SwitchEvent.BridgeRead(ID, safe, reserved));
        // Then
        assertThat(last().sending()).isNull();
        assertThat(last().receiving()).isNotNull().satisfies(why -> {
            assertThat(why.reason()).isEqualTo("MirrorOutput");
            assertThat(why.message()).contains("p1", "mirror");
        });
        // When: OVSDB is unavailable, then it reports that the mirror is gone
        replay.on(new SwitchEvent.BridgeUnknown(ID, "gone"));
        assertThat(last().receiving()).isNotNull();
        PortSizes free = new PortSizes();
        free.put("p1", 1_500);
        replay.on(new SwitchEvent.BridgeRead(ID, safe, free));
        // Then
        assertThat(last().receiving()).isNull();
    }

    @Test
    void reportsThatAPortBlockedByASpanningTreePassesNothing() {
        // Given
        PortSizes open = new PortSizes();
        open.put("p1", 1_500);
        PortSizes blocked = new PortSizes();
        blocked.put("p1", 1_500);
        blocked.blocked("p1", "listening (stp_enable)");
        BridgeSettings safe = new BridgeSettings("br0", "secure", "true", null, List.of("A mirror copies frames."));
        replay.ovsdb("tcp:h:1");
        // When
        replay.on(new SwitchEvent.BridgeRead(ID, safe, blocked));
        // Then
        assertThat(last().up()).isTrue();
        assertThat(last().sending()).isNotNull().satisfies(why -> {
            assertThat(why.reason()).isEqualTo("StpBlocked");
            assertThat(why.message()).contains("p1", "listening (stp_enable)", "stp_enable=false");
        });
        assertThat(last().receiving()).isEqualTo(last().sending());
        assertThat(replay.all.stream().flatMap(effects -> effects.switches().stream()))
                .anySatisfy(state -> assertThat(state.allWarnings())
                        .containsExactly(new SwitchWarning(
                                "Mirrors",
                                "A mirror copies frames (since %s)."
                                        .formatted(replay.now.truncatedTo(ChronoUnit.SECONDS)),
                                replay.now)));
        // When: OVSDB is unavailable
        replay.on(new SwitchEvent.BridgeUnknown(ID, "gone"));
        // Then
        assertThat(last().sending()).isNotNull();
        // When
        replay.on(new SwitchEvent.BridgeRead(ID, safe, open));
        // Then
        assertThat(last().sending()).isNull();
        assertThat(last().receiving()).isNull();
    }

    @Test
    void keepsAPortDeadWhenTheSwitchReconnects() {
        // Given
        see(true, false, true, true);
        replay.later(PortLiveness.PATIENCE);
        int before = ports().size();
        // When
        replay.disconnect();
        replay.connection++;
        replay.on(new SwitchEvent.Connected(
                        ID,
                        2,
                        "127.0.0.1:1",
                        "1.4",
                        Replay.DESCRIPTION,
                        List.of(new ObservedPort(
                                PortNumber.of(1), "p1", "02:00:00:00:00:01", true, false, true, true, 10_000_000))))
                .obey();
        // Then
        assertThat(ports().subList(before, ports().size())).noneMatch(Port::up);
    }
}
