package io.vlink.gateway.switches.control;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.rules.RuleState;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replays the exchange between a switch and its gateway. */
class SwitchControlTest extends SwitchControlFixture {

    @Test
    void asksToBeMasterWithItsEpochBeforeAnythingElse() {
        // When
        replay.connect();
        // Then
        assertThat(replay.commands).containsExactly(new SwitchCommand.AskMaster(ID, 1, 5));
        assertThat(switches()).isEmpty();
        assertThat(ports()).isEmpty();
    }

    @Test
    void reportsTheSwitchAndItsPortsOnceItIsMaster() {
        // When
        replay.connectAndObey();
        // Then
        assertThat(switches()).singleElement().satisfies(state -> {
            assertThat(state.state()).isEqualTo(Switch.State.CONNECTED);
            assertThat(state.epoch()).isEqualTo(5);
            assertThat(state.checked()).isFalse();
            assertThat(state.openflow()).isEqualTo("1.4");
        });
        assertThat(ports()).extracting(port -> port.name() + port.up()).containsExactly("p1true", "p2false");
    }

    @Test
    void sendsNothingBeforeItIsMaster() {
        // When
        replay.connect().put(set("n", 1, 7, ingress(1, 1, 7)));
        // Then
        assertThat(replay.take(SwitchCommand.Write.class)).isEmpty();
        assertThat(replay.take(SwitchCommand.ReadContents.class)).isEmpty();
    }

    @Test
    void exceedsAnotherMasterOnlyAfterConfirmingOwnership() {
        // Given
        replay.connect();
        replay.commands.clear();
        // When
        replay.on(new SwitchEvent.MasterElsewhere(ID, 1, 41));
        // Then: a pause of the gateway counts as one step only
        replay.later(Duration.ofMinutes(5));
        assertThat(replay.commands).isEmpty();
        for (int step = 0; step < 5; step++) {
            replay.later(Duration.ofMillis(500));
        }
        assertThat(replay.commands).containsExactly(new SwitchCommand.AskMaster(ID, 1, 42));
        // When
        replay.obey();
        // Then
        assertThat(switches()).last().satisfies(state -> assertThat(state.epoch())
                .isEqualTo(42));
    }

    @Test
    void stopsWritingOnceAnotherGatewayIsMaster() {
        // Given
        replay.connectAndObey();
        // When
        replay.on(new SwitchEvent.MasterElsewhere(ID, 1, 9)).put(set("n", 1, 0, ingress(1, 1, 7)));
        // Then
        assertThat(replay.commands).isEmpty();
    }

    @Test
    void reportsADisconnectedSwitchAndHoldsItsRulesBack() {
        // Given
        replay.put(set("n", 1, 0, ingress(1, 1, 7))).connectAndObey();
        replay.states.clear();
        // When
        replay.disconnect().put(set("n", 2, 0, ingress(2, 1, 7)));
        // Then
        assertThat(switches()).last().satisfies(state -> assertThat(state.state())
                .isEqualTo(Switch.State.DISCONNECTED));
        assertThat(replay.states).isEmpty();
        // When
        replay.connectAndObey();
        // Then
        assertThat(replay.states).extracting(RuleState::applied).containsExactly(true);
    }

    @Test
    void usesTheNewestConnection() {
        // Given
        replay.connectAndObey().connectAndObey();
        int reported = switches().size();
        // When
        replay.on(new SwitchEvent.Disconnected(ID, 1, "replaced"));
        // Then
        assertThat(switches()).hasSize(reported);
        assertThat(switches()).last().satisfies(state -> assertThat(state.state())
                .isEqualTo(Switch.State.CONNECTED));
    }

    @Test
    void reportsPortsRemovedDuringADisconnection() {
        // Given
        replay.control.loaded(
                new Port(new SwitchPort(ID, PortNumber.of(3)), 4, true, "p3", "02:00:00:00:00:03", true, 0, null));
        // When
        replay.connectAndObey();
        // Then
        assertThat(ports())
                .filteredOn(port -> port.name().equals("p3"))
                .singleElement()
                .satisfies(port -> assertThat(port.present()).isFalse());
    }

    @Test
    void reportsPortsAsTheyChange() {
        // Given
        replay.connectAndObey();
        int before = ports().size();
        // When
        replay.on(new SwitchEvent.PortSeen(ID, 1, Replay.port(1, false)));
        replay.on(new SwitchEvent.PortSeen(ID, 1, Replay.port(1, false)));
        replay.on(new SwitchEvent.PortRemoved(ID, 1, PortNumber.of(2)));
        // Then
        assertThat(ports().subList(before, ports().size()))
                .extracting(port -> port.name() + port.up() + port.present())
                .containsExactly("p1falsetrue", "p2falsefalse");
    }

    @Test
    void reportsThousandsOfPortsWithoutAScanForEach() {
        // Given
        replay.connectAndObey();
        int before = ports().size();
        // When: a scan for each would take a billion steps
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int number = 3; number < 30_003; number++) {
                replay.on(new SwitchEvent.PortSeen(ID, 1, Replay.port(number, true)));
            }
        });
        // Then
        assertThat(ports()).hasSize(before + 30_000);
    }

    @Test
    void reportsAMissingSwitchAfterTheGracePeriod() {
        // Given
        replay.control.loaded(
                new Switch(ID, 4, Switch.State.CONNECTED, null, "gw0", "1.2.3.4:5", "1.4", "ovs", true, replay.now));
        // When
        replay.act().later(Duration.ofSeconds(4));
        // Then
        assertThat(switches()).isEmpty();
        // When
        replay.later(Duration.ofSeconds(2));
        // Then
        assertThat(switches()).singleElement().satisfies(state -> assertThat(state.state())
                .isEqualTo(Switch.State.DISCONNECTED));
    }

    @Test
    void dropsANetworkOfADisconnectedSwitch() {
        // Given
        replay.put(set("n", 1, 0, ingress(1, 1, 7)));
        // When
        replay.remove("n");
        // Then
        assertThat(replay.all)
                .flatMap(SwitchEffects::removed)
                .containsExactly(new SwitchEffects.RemovedOwner(ID, id("n"), false));
    }

    @Test
    void warnsOfAnotherSwitchWithItsIdWhileThatKeepsTrying() {
        // Given
        replay.connectAndObey();
        // When
        replay.on(new SwitchEvent.Rivalled(ID, "10.0.0.7:1111"));
        replay.later(Duration.ofSeconds(20)).on(new SwitchEvent.Rivalled(ID, "10.0.0.7:2222"));
        // Then
        assertThat(switches()).as("once").hasSize(2).last().satisfies(state -> assertThat(state.allWarnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .contains("10.0.0.7 (first as 10.0.0.7:1111, since 2026-11-23T00:00:00Z)")));
        // When
        replay.later(Duration.ofSeconds(39));
        assertThat(switches()).hasSize(2);
        replay.later(Duration.ofSeconds(1));
        // Then
        assertThat(switches()).last().satisfies(state -> assertThat(state.allWarnings())
                .isEmpty());
    }

    @Test
    void warnsOfAnotherSwitchWithItsIdWhileAnotherGatewaySeesIt() {
        // Given
        replay.connectAndObey();
        SwitchEvent.SeenElsewhere seen =
                new SwitchEvent.SeenElsewhere(ID, "gw-b", "10.0.0.7:1111", List.of("02:00:00:00:00:99"));
        // When
        replay.on(seen).later(Duration.ofSeconds(20)).on(seen);
        // Then
        assertThat(switches()).last().satisfies(state -> assertThat(state.allWarnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("is connected to gateway gw-b")));
        // When: it is no longer seen
        replay.later(Duration.ofSeconds(39));
        assertThat(switches()).last().satisfies(state -> assertThat(state.allWarnings())
                .isNotEmpty());
        replay.later(Duration.ofSeconds(1));
        // Then
        assertThat(switches()).last().satisfies(state -> assertThat(state.allWarnings())
                .isEmpty());
    }

    @Test
    void dropsADisconnectedSwitchAndCountsItsRulesAsRemoved() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey().disconnect();
        replay.put(set("n", 2, 0)).put(set("stays", 1, 8, ingress(3, 2, 8)));
        replay.all.clear();
        replay.states.clear();
        // When
        replay.deleted(1).later(Duration.ofMinutes(5));
        // Then
        assertThat(switches()).isEmpty();
        assertThat(ports()).isEmpty();
        assertThat(replay.states).singleElement().satisfies(state -> {
            assertThat(state.owner()).isEqualTo(id("n"));
            assertThat(state.applied()).isTrue();
            assertThat(state.revision().step()).isEqualTo(2);
        });
    }

    @Test
    void recordsASwitchAgainIfItIsConnectedWhenItsRecordIsDeleted() {
        // Given
        replay.connectAndObey();
        replay.all.clear();
        // When
        replay.deleted(1);
        // Then
        assertThat(switches()).singleElement().satisfies(state -> assertThat(state.state())
                .isEqualTo(Switch.State.CONNECTED));
        assertThat(ports()).extracting(Port::name).containsExactly("p1");
    }
}
