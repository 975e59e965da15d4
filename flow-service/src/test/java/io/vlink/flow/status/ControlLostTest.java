package io.vlink.flow.status;

import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.START;
import static io.vlink.flow.status.SaidCondition.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.PortNumber;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.rules.Shadow;
import io.vlink.events.services.Absence;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.sample.Replay;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests what a status says about switches that have lost their controller. */
class ControlLostTest {

    @Test
    void namesTheAbsentGatewayAndItsSwitches() {
        // Given
        Replay replay = live();
        replay.pass(Duration.ofSeconds(20));
        Absence away = new Absence("switch-gateway", replay.now().minusSeconds(6), "is away");

        // When
        replay.dropWritten();
        "abcde".chars().forEach(node -> replay.gatewayAway((char) node, away));

        // Then
        says(
                replay,
                Condition.Type.CONTROL_LOST,
                Truth.TRUE,
                "GatewayAway",
                "switch-gateway is away since " + away.since()
                        + ", so node-a (000000000000000a), node-c (000000000000000c),"
                        + " node-d (000000000000000d), node-e (000000000000000e), node-b (000000000000000b) are without"
                        + " control; the other conditions are as last known.");
        assertThat(replay.condition(Condition.Type.CONTROL_LOST).lastTransitionTime())
                .isEqualTo(away.since());
        assertThat(replay.condition(Condition.Type.READY).message()).contains("as last known");

        // And when it is back
        "abcde".chars().forEach(node -> replay.gatewayAway((char) node, null));
        assertThat(replay.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
        assertThat(replay.condition(Condition.Type.READY).message()).isEqualTo("Traffic passes in both directions.");
    }

    @Test
    void countsASwitchAsPresentOnceItReportsAgain() {
        // Given
        Replay replay = live();
        replay.gatewayAway('c', new Absence("switch-gateway", replay.now(), "is away"));
        assertThat(replay.status().condition(Condition.Type.CONTROL_LOST)).isPresent();

        // When
        replay.pass(Duration.ofSeconds(1));
        replay.say('c', Switch.State.CONNECTED, null);

        // Then
        assertThat(replay.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
    }

    @Test
    void keepsReadyAsLastKnownWhenTheControlOfASwitchIsLost() {
        // Given
        Replay replay = live();

        // When
        replay.say('d', Switch.State.DISCONNECTED, "no echo for 5 s");

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        says(
                replay,
                Condition.Type.READY,
                Truth.TRUE,
                "Serving",
                "Traffic passes in both directions, as last known; see ControlLost.");
        says(
                replay,
                Condition.Type.CONTROL_LOST,
                Truth.TRUE,
                "SwitchDisconnected",
                "node-d (000000000000000d) has been disconnected since 2026-11-23T10:00:00Z: no echo for 5 s;"
                        + " the other conditions are as last known.");

        // When
        replay.say('d', Switch.State.CONNECTED, null);

        // Then
        assertThat(replay.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
        says(replay, Condition.Type.READY, Truth.TRUE, "Serving", "Traffic passes in both directions.");
    }

    @Test
    void keepsReadyAsLastKnownWhenASwitchThatConfirmedIsRefusedLater() {
        // Given
        Replay replay = live();

        // When: the gateway reports on the rules first, then on the switch
        replay.fail('d', RuleStateReason.SWITCH_REFUSED, "in-band control was switched on.");
        replay.say('d', Switch.State.REFUSED, "in-band control was switched on.");

        // Then
        assertThat(replay.statuses).allMatch(status -> status.phase() == Phase.READY);
        assertThat(replay.condition(Condition.Type.CONTROL_LOST).reason()).isEqualTo("SwitchRefused");

        // When
        replay.restart();

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void isNotReadyWhenForeignRulesTakeItsFramesOnARefusedSwitch() {
        // Given
        Replay replay = live();
        String refused = "SwitchRefused: in-band control was switched on.";
        replay.say('d', Switch.State.REFUSED, "in-band control was switched on.");

        // When
        replay.fail('d', refused, new Shadow(PortNumber.of(3), 65_535, true));

        // Then
        assertThat(replay.condition(Condition.Type.READY).reason()).isEqualTo("Shadowed");
        assertThat(replay.condition(Condition.Type.CONTROL_LOST).reason()).isEqualTo("SwitchRefused");

        // When
        replay.fail('d', refused);

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void isUnknownOnceNobodyHearsASwitch() {
        // Given
        Replay replay = live();
        replay.say('d', Switch.State.DISCONNECTED, "no echo for 5 s");

        // When
        replay.silent('d', START);

        // Then
        says(
                replay,
                Condition.Type.READY,
                Truth.UNKNOWN,
                "NoSignOfLife",
                "Whether traffic passes is unknown: neither a gateway nor a neighbour has heard node-d (000000000000000d)"
                        + " since 2026-11-23T10:00:00Z.");
        assertThat(replay.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(replay.condition(Condition.Type.CONTROL_LOST).status()).isEqualTo(Truth.TRUE);

        // When
        replay.silent('d', null);

        // Then
        says(
                replay,
                Condition.Type.READY,
                Truth.TRUE,
                "Serving",
                "Traffic passes in both directions, as last known; see ControlLost.");
    }
}
