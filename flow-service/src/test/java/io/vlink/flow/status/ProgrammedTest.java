package io.vlink.flow.status;

import static io.vlink.flow.sample.LiveNetwork.GUIDE;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.START;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.status.SaidCondition.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Revision;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.services.Absence;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.sample.Replay;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what a status says about switches that have not confirmed their rules. */
class ProgrammedTest {

    @Test
    void waitsForTheAbsentGatewayAndNotForItsSwitch() {
        // Given
        Replay replay = live();
        Absence away = new Absence("switch-gateway", replay.now(), "is away");
        "abcde".chars().forEach(node -> replay.gatewayAway((char) node, away));

        // When
        replay.decide(decision(2, 4).withdrawn().removing(GUIDE)).pass(Duration.ofSeconds(2));

        // Then
        says(
                replay,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "GatewayAway",
                "switch-gateway is away since " + away.since()
                        + ", so node-a (000000000000000a), node-b (000000000000000b),"
                        + " node-c (000000000000000c), node-d (000000000000000d), node-e (000000000000000e) are without"
                        + " control.");
    }

    @Test
    void isReadyOnlyWhenTheLastSwitchConfirmed() {
        // Given
        Replay replay = new Replay().decide(decision(1, 3).admitted(GUIDE));

        // When
        for (char node : "abce".toCharArray()) {
            replay.apply(dpid(node));
            replay.confirm(dpid(node));
        }

        // Then: reported a little later, as it has usually changed by then
        assertThat(replay.statuses).isEmpty();
        assertThat(replay.statusDueAt()).isEqualTo(START.plusSeconds(1));
        replay.pass(Duration.ofSeconds(1));
        assertThat(replay.statuses).hasSize(1);
        assertThat(replay.statusDueAt()).isNull();
        assertThat(replay.status().phase()).isEqualTo(Phase.PROGRAMMING);
        says(
                replay,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "Unconfirmed",
                "node-d (000000000000000d) has not confirmed yet (waiting since 2026-11-23T10:00:00Z).");

        // When
        replay.pass(Duration.ofMillis(800)).applyAll();

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.status().revision()).isEqualTo(new Revision(1, 3, 2));
        says(
                replay,
                Condition.Type.PROGRAMMED,
                Truth.TRUE,
                "Confirmed",
                "All 5 switches confirmed their rules: node-a (000000000000000a), node-c (000000000000000c),"
                        + " node-d (000000000000000d), node-e (000000000000000e), node-b (000000000000000b).");
        says(replay, Condition.Type.READY, Truth.TRUE, "Serving", "Traffic passes in both directions.");
        assertThat(replay.condition(Condition.Type.READY).lastTransitionTime()).isEqualTo(START.plusMillis(1_800));
        assertThat(replay.condition(Condition.Type.ACCEPTED).lastTransitionTime())
                .isEqualTo(START);
    }

    @Test
    void reportsASwitchesErrorInItsWordsWithTheGatewaysReasonIfAny() {
        // Given
        Replay replay = new Replay().decide(decision(1, 3).admitted(GUIDE));

        // When
        replay.fail('d', RuleStateReason.TABLE_FULL, "FLOW_MOD_FAILED TABLE_FULL: priority 200, in_port 3");
        replay.say('c', Switch.State.DISCONNECTED, "The connection was reset.");

        // Then: the most serious one gives the reason, all are reported
        says(
                replay,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "SwitchError",
                "node-c (000000000000000c) has been disconnected since 2026-11-23T10:00:00Z: The connection was reset;"
                        + " node-d (000000000000000d) has rejected its rules since 2026-11-23T10:00:00Z: FLOW_MOD_FAILED TABLE_FULL: priority 200, in_port 3;"
                        + " node-a (000000000000000a), node-e (000000000000000e), node-b (000000000000000b) have not confirmed yet (waiting since 2026-11-23T10:00:00Z).");

        // When
        replay.fail('d', RuleStateReason.RULE_TAKEN, "What comes in at port 3 belongs to another network");

        // Then
        assertThat(replay.condition(Condition.Type.PROGRAMMED).reason()).isEqualTo("RuleTaken");
    }

    @Test
    void reportsSinceWhenItWaitsForASwitch() {
        // Given
        Replay replay = new Replay().decide(decision(1, 3).admitted(circuit(1, 1, "de", "ed", null)));

        // When
        replay.pass(Duration.ofSeconds(30));
        replay.say('d', Switch.State.CONNECTED, null);
        replay.pass(Duration.ofSeconds(1));

        // Then: for a switch that connected later, since its connection
        says(
                replay,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "Unconfirmed",
                "node-d (000000000000000d) has not confirmed yet (waiting since 2026-11-23T10:00:30Z);"
                        + " node-e (000000000000000e) has not confirmed yet (waiting since 2026-11-23T10:00:00Z).");

        // When: a later repetition is not news
        replay.statuses.clear();
        replay.pass(Duration.ofSeconds(30));

        // Then
        assertThat(replay.statuses).isEmpty();
    }

    @Test
    void namesTheAbsentSwitchThatItWaitsFor() {
        // Given
        Replay replay = new Replay();
        replay.say('d', Switch.State.REFUSED, "fail_mode is standalone; ovs-vsctl set-fail-mode br0 secure.");

        // When
        replay.decide(decision(1, 3).admitted(circuit(1, 1, "de", "ed", null)));
        replay.fail('d', RuleStateReason.SWITCH_REFUSED, "fail_mode is standalone.");
        replay.apply(dpid('e'));
        replay.confirm(dpid('e'));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.PROGRAMMING);
        says(
                replay,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "SwitchRefused",
                "node-d (000000000000000d) has been refused since 2026-11-23T10:00:00Z:"
                        + " fail_mode is standalone; ovs-vsctl set-fail-mode br0 secure.");
        assertThat(replay.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RULE_TAKEN, 'RuleTaken: It is taken', RuleTaken, It is taken",
        "METER_TAKEN, 'MeterTaken: It is taken', MeterTaken, It is taken",
        "TABLE_FULL, FLOW_MOD_FAILED TABLE_FULL, SwitchError, FLOW_MOD_FAILED TABLE_FULL",
        "SWITCH_ERROR, , SwitchError, it gave no reason"
    })
    void readsReasonsFromRecordsBeforeTheyHadAField(RuleStateReason reason, String error, String told, String message) {
        // Given
        Replay before = new Replay().decide(decision(1, 3).admitted(GUIDE));
        Replay now = new Replay().decide(decision(1, 3).admitted(GUIDE));

        // When
        before.fail('d', error);
        now.fail('d', reason, message);

        // Then
        assertThat(now.condition(Condition.Type.PROGRAMMED).reason()).isEqualTo(told);
        assertThat(before.condition(Condition.Type.PROGRAMMED)).isEqualTo(now.condition(Condition.Type.PROGRAMMED));
    }

    @Test
    void doesNotReadReasonsFromMessages() {
        Replay replay = new Replay().decide(decision(1, 3).admitted(GUIDE));

        replay.fail('d', RuleStateReason.SWITCH_ERROR, "SwitchRefused: so says its firmware");

        assertThat(replay.condition(Condition.Type.PROGRAMMED).reason()).isEqualTo("SwitchError");
        assertThat(replay.condition(Condition.Type.PROGRAMMED).message())
                .contains("SwitchRefused: so says its firmware");
    }

    @Test
    void isDegradedWhenASwitchLosesConfirmedRules() {
        Replay replay = live();

        replay.fail('d', RuleStateReason.TABLE_FULL, "FLOW_MOD_FAILED TABLE_FULL");

        assertThat(replay.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Truth.FALSE);
        assertThat(replay.condition(Condition.Type.READY).reason()).isEqualTo("SwitchError");
        replay.restart();
        assertThat(replay.status().phase()).isEqualTo(Phase.DEGRADED);
    }

    @Test
    void reportsTheReasonForADelayedRemoval() {
        // Given
        Replay replay = live();
        replay.say('d', Switch.State.DISCONNECTED, "no echo for 5 s");

        // When
        replay.decide(decision(2, 4).withdrawn().removing(GUIDE));
        for (char node : "abce".toCharArray()) {
            replay.apply(dpid(node));
            replay.confirm(dpid(node));
        }

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.REMOVING);
        says(
                replay,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "SwitchDisconnected",
                "node-d (000000000000000d) has been disconnected since 2026-11-23T10:00:00Z: no echo for 5 s.");
        says(replay, Condition.Type.READY, Truth.FALSE, "Withdrawn", "The network was deleted.");
        assertThat(replay.status().removedCircuits()).isEmpty();
    }
}
