package io.vlink.flow.status;

import static io.vlink.flow.sample.Sample.START;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.end;
import static io.vlink.flow.sample.Sample.guide;
import static io.vlink.flow.sample.Sample.withEnds;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.paths.Route;
import io.vlink.events.reasons.Violation;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.rules.Shadow;
import io.vlink.events.services.Absence;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.sample.Replay;
import io.vlink.flow.sample.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the statuses that users see. */
class StatusComposerTest {

    private static final Circuit GUIDE = guide();
    private static final Circuit EDITED = circuit(2, 2, "abe", "eba", null);
    private static final Impairment LINK_DOWN =
            new Impairment("$.path.links[1]", ImpairmentReason.LINK_DOWN, "The link link-cd is down.");

    @Test
    void reportsTheReservationAndTheMissingAttachment() {
        Replay rehearsal = new Replay()
                .decide(decision(1, 1).admitted(withEnds(GUIDE, end('a', "ping", 11), end('e', null, null))));

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.WAITING);
        assertThat(rehearsal.status().forward()).containsExactly("node-a", "node-c", "node-d", "node-e");
        assertThat(rehearsal.status().reverse()).containsExactly("node-e", "node-d", "node-b", "node-a");
        says(
                rehearsal,
                Condition.Type.ACCEPTED,
                Truth.TRUE,
                "Admitted",
                "Reserved: forward over node-a, node-c, node-d, node-e (20 Mbit/s, 0.6 ms);"
                        + " reverse over node-e, node-d, node-b, node-a (best effort, 0.6 ms).");
        says(
                rehearsal,
                Condition.Type.ATTACHED,
                Truth.FALSE,
                "WaitingForAttachment",
                "node-e waits for an attachment.");
        says(
                rehearsal,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "WaitingForAttachment",
                "Rules are installed once both endpoints are attached.");
        says(rehearsal, Condition.Type.READY, Truth.FALSE, "WaitingForAttachment", "node-e waits for an attachment.");
        assertThat(rehearsal.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
    }

    @Test
    void reportsWhyAnAttachmentCannotBeUsed() {
        AttachmentState lost = new AttachmentState(
                "pong", "node-e", true, "PortUnknown", "The port pong0 of node-e is not there: no such port.");
        Replay rehearsal = new Replay()
                .decide(decision(1, 1)
                        .admitted(withEnds(GUIDE, end('a', "ping", 11), end('e', "pong", null)))
                        .attachments(lost));

        says(
                rehearsal,
                Condition.Type.ATTACHED,
                Truth.FALSE,
                "PortUnknown",
                "The port pong0 of node-e is not there: no such port.");
        assertThat(rehearsal.status().attachments()).containsExactly(lost);
    }

    @Test
    void reportsFaultsOfAnAttachmentThatHoldsItsEndpoint() {
        AttachmentState large = new AttachmentState("ping", "node-a", true, "MtuTooLarge", "Its frames are too large.");
        AttachmentState second = new AttachmentState("spare", "node-a", false, "EndTaken", "The end is taken.");
        Replay rehearsal = new Replay()
                .decide(decision(1, 1)
                        .admitted(withEnds(GUIDE, end('a', "ping", 11), end('e', "pong", 12)))
                        .attachments(large, second))
                .applyAll();

        says(
                rehearsal,
                Condition.Type.ATTACHED,
                Truth.TRUE,
                "Attached",
                "ping at port 11 of node-a and pong at port 12 of node-e. Its frames are too large.");
    }

    @Test
    void namesTheAbsentGatewayAndItsSwitches() {
        // Given
        Replay rehearsal = live();
        rehearsal.pass(Duration.ofSeconds(20));
        Absence away = new Absence("switch-gateway", rehearsal.now().minusSeconds(6), "is away");

        // When
        rehearsal.forgetWritten();
        "abcde".chars().forEach(node -> rehearsal.gatewayAway((char) node, away));

        // Then
        says(
                rehearsal,
                Condition.Type.CONTROL_LOST,
                Truth.TRUE,
                "GatewayAway",
                "switch-gateway is away since " + away.since()
                        + ", so node-a (000000000000000a), node-c (000000000000000c),"
                        + " node-d (000000000000000d), node-e (000000000000000e), node-b (000000000000000b) are without"
                        + " control; what it does stays as last known.");
        assertThat(rehearsal.condition(Condition.Type.CONTROL_LOST).lastTransitionTime())
                .isEqualTo(away.since());
        assertThat(rehearsal.condition(Condition.Type.READY).message()).contains("as last known");

        // And when it is back
        "abcde".chars().forEach(node -> rehearsal.gatewayAway((char) node, null));
        assertThat(rehearsal.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
        assertThat(rehearsal.condition(Condition.Type.READY).message()).isEqualTo("Traffic passes in both directions.");
    }

    @Test
    void waitsForTheAbsentGatewayAndNotForItsSwitch() {
        // Given
        Replay rehearsal = live();
        Absence away = new Absence("switch-gateway", rehearsal.now(), "is away");
        "abcde".chars().forEach(node -> rehearsal.gatewayAway((char) node, away));

        // When
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE)).pass(Duration.ofSeconds(2));

        // Then
        says(
                rehearsal,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "GatewayAway",
                "switch-gateway is away since " + away.since()
                        + ", so node-a (000000000000000a), node-b (000000000000000b),"
                        + " node-c (000000000000000c), node-d (000000000000000d), node-e (000000000000000e) are without"
                        + " control.");
    }

    @Test
    void countsASwitchAsPresentOnceItReportsAgain() {
        // Given
        Replay rehearsal = live();
        rehearsal.gatewayAway('c', new Absence("switch-gateway", rehearsal.now(), "is away"));
        assertThat(rehearsal.status().condition(Condition.Type.CONTROL_LOST)).isPresent();

        // When
        rehearsal.pass(Duration.ofSeconds(1));
        rehearsal.say('c', Switch.State.CONNECTED, null);

        // Then
        assertThat(rehearsal.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
    }

    @Test
    void namesTheLinkWhosePortDoesNotExist() {
        Route forward = GUIDE.route(Direction.FORWARD)
                .withLanes(lane -> lane.link().equals("link-ac") ? lane.at(null, null, lane.inPort(), null) : lane);
        Replay rehearsal = new Replay()
                .decide(decision(1, 1).admitted(GUIDE.withRoutes(List.of(forward, GUIDE.route(Direction.REVERSE)))));

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.WAITING);
        says(
                rehearsal,
                Condition.Type.ATTACHED,
                Truth.TRUE,
                "Attached",
                "ping at port 11 of node-a and pong at port 12 of node-e.");
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.FALSE,
                "PortUnknown",
                "node-a does not have the port that link link-ac names in its \"from\".");
    }

    @Test
    void joinsAllViolations() {
        Replay rehearsal = new Replay()
                .decide(decision(1, 1)
                        .refused(
                                null,
                                new Violation("$.path.links[0]", "LinkUnknown", "There is no link link-ax."),
                                new Violation(
                                        "$.path.capabilities.latencyNanos",
                                        "LatencyExceeded",
                                        "0.9 ms is more than 0.8 ms.")));

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.REFUSED);
        says(
                rehearsal,
                Condition.Type.ACCEPTED,
                Truth.FALSE,
                "LinkUnknown",
                "There is no link link-ax. 0.9 ms is more than 0.8 ms.");
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.FALSE,
                "LinkUnknown",
                "There is no link link-ax. 0.9 ms is more than 0.8 ms.");
        assertThat(rehearsal.condition(Condition.Type.ATTACHED).status()).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void doesNotReportAShortWait() {
        // When
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE)).applyAll();
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE)).applyAll();
        rehearsal.decide(decision(2, 5).withdrawn());

        // Then
        assertThat(rehearsal.statuses).extracting(NetworkStatus::phase).containsExactly(Phase.READY, Phase.REMOVED);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(GUIDE.number());

        // When: it is declared again at once
        rehearsal.decide(decision(3, 6).admitted(EDITED)).applyAll();

        // Then
        assertThat(rehearsal.statuses)
                .extracting(NetworkStatus::phase)
                .containsExactly(Phase.READY, Phase.REMOVED, Phase.READY);
    }

    @Test
    void reportsInTheEndThatTheDecisionHasNoCircuitsLeft() {
        // Given
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE)).applyAll();
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE)).applyAll();

        // When
        rehearsal.decide(decision(2, 5).withdrawn());

        // Then
        rehearsal.pass(Duration.ofSeconds(1));
        assertThat(rehearsal.status().removedCircuits()).isEmpty();
    }

    @Test
    void isReadyOnlyWhenTheLastSwitchConfirmed() {
        // Given
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE));

        // When
        for (char node : "abce".toCharArray()) {
            rehearsal.apply(dpid(node));
            rehearsal.confirm(dpid(node));
        }

        // Then: reported a little later, as it has mostly changed by then
        assertThat(rehearsal.statuses).isEmpty();
        assertThat(rehearsal.statusDueAt()).isEqualTo(START.plusSeconds(1));
        rehearsal.pass(Duration.ofSeconds(1));
        assertThat(rehearsal.statuses).hasSize(1);
        assertThat(rehearsal.statusDueAt()).isNull();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.PROGRAMMING);
        says(
                rehearsal,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "Unconfirmed",
                "node-d (000000000000000d) has not confirmed yet (waiting since 2026-11-23T10:00:00Z).");

        // When
        rehearsal.pass(Duration.ofMillis(800)).applyAll();

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.status().revision()).isEqualTo(new Revision(1, 3, 2));
        says(
                rehearsal,
                Condition.Type.PROGRAMMED,
                Truth.TRUE,
                "Confirmed",
                "All 5 switches confirmed their rules: node-a (000000000000000a), node-c (000000000000000c),"
                        + " node-d (000000000000000d), node-e (000000000000000e), node-b (000000000000000b).");
        says(rehearsal, Condition.Type.READY, Truth.TRUE, "Serving", "Traffic passes in both directions.");
        assertThat(rehearsal.condition(Condition.Type.READY).lastTransitionTime())
                .isEqualTo(START.plusMillis(1_800));
        assertThat(rehearsal.condition(Condition.Type.ACCEPTED).lastTransitionTime())
                .isEqualTo(START);
    }

    @Test
    void reportsASwitchesErrorInItsWordsWithTheGatewaysReasonIfAny() {
        // Given
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE));

        // When
        rehearsal.fail('d', RuleStateReason.TABLE_FULL, "FLOW_MOD_FAILED TABLE_FULL: priority 200, in_port 3");
        rehearsal.say('c', Switch.State.DISCONNECTED, "The connection was reset.");

        // Then: the gravest gives the reason, all are reported
        says(
                rehearsal,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "SwitchError",
                "node-c (000000000000000c) has been disconnected since 2026-11-23T10:00:00Z: The connection was reset;"
                        + " node-d (000000000000000d) has rejected its rules since 2026-11-23T10:00:00Z: FLOW_MOD_FAILED TABLE_FULL: priority 200, in_port 3;"
                        + " node-a (000000000000000a), node-e (000000000000000e), node-b (000000000000000b) have not confirmed yet (waiting since 2026-11-23T10:00:00Z).");

        // When
        rehearsal.fail('d', RuleStateReason.RULE_TAKEN, "What comes in at port 3 belongs to another network");

        // Then
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).reason()).isEqualTo("RuleTaken");
    }

    @Test
    void reportsSinceWhenItWaitsForASwitch() {
        // Given
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(circuit(1, 1, "de", "ed", null)));

        // When
        rehearsal.pass(Duration.ofSeconds(30));
        rehearsal.say('d', Switch.State.CONNECTED, null);
        rehearsal.pass(Duration.ofSeconds(1));

        // Then: for a switch that connected later, since its connection
        says(
                rehearsal,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "Unconfirmed",
                "node-d (000000000000000d) has not confirmed yet (waiting since 2026-11-23T10:00:30Z);"
                        + " node-e (000000000000000e) has not confirmed yet (waiting since 2026-11-23T10:00:00Z).");

        // When: a later repetition is no news
        rehearsal.statuses.clear();
        rehearsal.pass(Duration.ofSeconds(30));

        // Then
        assertThat(rehearsal.statuses).isEmpty();
    }

    @Test
    void namesTheAbsentSwitchThatItWaitsFor() {
        Replay rehearsal = new Replay();
        rehearsal.say('d', Switch.State.REFUSED, "fail_mode is standalone; ovs-vsctl set-fail-mode br0 secure.");
        rehearsal.decide(decision(1, 3).admitted(circuit(1, 1, "de", "ed", null)));
        rehearsal.fail('d', RuleStateReason.SWITCH_REFUSED, "fail_mode is standalone.");
        rehearsal.apply(dpid('e'));
        rehearsal.confirm(dpid('e'));

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.PROGRAMMING);
        says(
                rehearsal,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "SwitchRefused",
                "node-d (000000000000000d) has been refused since 2026-11-23T10:00:00Z:"
                        + " fail_mode is standalone; ovs-vsctl set-fail-mode br0 secure.");
        assertThat(rehearsal.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
    }

    @Test
    void keepsReadyAsLastKnownWhenTheControlOfASwitchIsLost() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.say('d', Switch.State.DISCONNECTED, "no echo for 5 s");

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.TRUE,
                "Serving",
                "Traffic passes in both directions, as last known; see ControlLost.");
        says(
                rehearsal,
                Condition.Type.CONTROL_LOST,
                Truth.TRUE,
                "SwitchDisconnected",
                "node-d (000000000000000d) has been disconnected since 2026-11-23T10:00:00Z: no echo for 5 s;"
                        + " what it does stays as last known.");

        // When
        rehearsal.say('d', Switch.State.CONNECTED, null);

        // Then
        assertThat(rehearsal.status().condition(Condition.Type.CONTROL_LOST)).isEmpty();
        says(rehearsal, Condition.Type.READY, Truth.TRUE, "Serving", "Traffic passes in both directions.");
    }

    @Test
    void keepsReadyAsLastKnownWhenASwitchThatConfirmedIsRefusedLater() {
        // Given
        Replay rehearsal = live();

        // When: the gateway reports on the rules first, then on the switch
        rehearsal.fail('d', RuleStateReason.SWITCH_REFUSED, "in-band control was switched on.");
        rehearsal.say('d', Switch.State.REFUSED, "in-band control was switched on.");

        // Then
        assertThat(rehearsal.statuses).allMatch(status -> status.phase() == Phase.READY);
        assertThat(rehearsal.condition(Condition.Type.CONTROL_LOST).reason()).isEqualTo("SwitchRefused");

        // When
        rehearsal.restart();

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void isNotReadyWhenForeignRulesTakeItsFramesOnARefusedSwitch() {
        // Given
        Replay rehearsal = live();
        String refused = "SwitchRefused: in-band control was switched on.";
        rehearsal.say('d', Switch.State.REFUSED, "in-band control was switched on.");

        // When
        rehearsal.fail('d', refused, new Shadow(PortNumber.of(3), 65_535, true));

        // Then
        assertThat(rehearsal.condition(Condition.Type.READY).reason()).isEqualTo("Shadowed");
        assertThat(rehearsal.condition(Condition.Type.CONTROL_LOST).reason()).isEqualTo("SwitchRefused");

        // When
        rehearsal.fail('d', refused);

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
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
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE));

        rehearsal.fail('d', RuleStateReason.SWITCH_ERROR, "SwitchRefused: so says its firmware");

        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).reason()).isEqualTo("SwitchError");
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).message())
                .contains("SwitchRefused: so says its firmware");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROTECTION_LOST")
    void judgesAnImpairmentByItsEffectAndNotByItsName(Impairment.Effect effect) {
        // Given: a reason that only another build of path-service knows
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(1, 4)
                .admitted(GUIDE)
                .impaired(new Impairment("$.path", "BrokenInANewWay", "It is broken.", effect, null, null)));

        // Then
        assertThat(rehearsal.status().phase())
                .isEqualTo(effect == Impairment.Effect.CUT ? Phase.DEGRADED : Phase.READY);
        says(
                rehearsal,
                Condition.Type.READY,
                effect == Impairment.Effect.CUT ? Truth.FALSE : Truth.TRUE,
                "BrokenInANewWay",
                "It is broken.");
    }

    /** Lost protection does not affect present traffic. */
    @Test
    void doesNotReportLostProtectionUnderReady() {
        // Given
        Replay rehearsal = live();
        Impairment unprotected = new Impairment(
                "$.protection", "NoBypass", "No bypass is left.", Impairment.Effect.PROTECTION_LOST, null, null);

        // When
        rehearsal.decide(decision(1, 4).admitted(GUIDE).impaired(unprotected));

        // Then
        says(rehearsal, Condition.Type.READY, Truth.TRUE, "Serving", "Traffic passes in both directions.");

        // When it comes before an impairment that slows traffic down
        rehearsal.decide(decision(1, 5)
                .admitted(GUIDE)
                .impaired(
                        unprotected,
                        new Impairment("$.path", ImpairmentReason.LATENCY_EXCEEDED, "0.9 ms is measured.")));

        // Then
        says(rehearsal, Condition.Type.READY, Truth.TRUE, "LatencyExceeded", "0.9 ms is measured.");
    }

    @Test
    void isDegradedWhenASwitchLosesConfirmedRules() {
        Replay rehearsal = live();

        rehearsal.fail('d', RuleStateReason.TABLE_FULL, "FLOW_MOD_FAILED TABLE_FULL");

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.FALSE);
        assertThat(rehearsal.condition(Condition.Type.READY).reason()).isEqualTo("SwitchError");
        rehearsal.restart();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.DEGRADED);
    }

    @Test
    void namesTheLinkThatIsDownAndRecovers() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal
                .pass(Duration.ofMinutes(1))
                .decide(decision(1, 4).admitted(GUIDE).impaired(LINK_DOWN));

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.DEGRADED);
        says(rehearsal, Condition.Type.READY, Truth.FALSE, "LinkDown", "The link link-cd is down.");
        assertThat(rehearsal.condition(Condition.Type.READY).lastTransitionTime())
                .isEqualTo(START.plusSeconds(60));
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.TRUE);
        assertThat(rehearsal.written).isEmpty();

        // When
        rehearsal.decide(decision(1, 5).admitted(GUIDE));

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void namesTheEndpointWhosePortPassesNoTrafficAndRecovers() {
        // Given
        Replay rehearsal = live();
        AttachmentState down = new AttachmentState("ping", "node-a", true, "PortDown", "The port ping is down.", true);

        // When
        rehearsal.decide(decision(1, 4).admitted(GUIDE).attachments(down));

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.DEGRADED);
        says(rehearsal, Condition.Type.ATTACHED, Truth.FALSE, "PortDown", "The port ping is down.");
        says(rehearsal, Condition.Type.READY, Truth.FALSE, "PortDown", "The port ping is down.");
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.TRUE);
        assertThat(rehearsal.written).isEmpty();

        // When
        rehearsal.decide(decision(1, 5).admitted(GUIDE));

        // Then
        assertThat(rehearsal.condition(Condition.Type.ATTACHED).status()).isEqualTo(Truth.TRUE);
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void namesALinkThatIsDownBeforeAnEndpointWhosePortIsDown() {
        Replay rehearsal = live();

        rehearsal.decide(decision(1, 4)
                .admitted(GUIDE)
                .impaired(LINK_DOWN)
                .attachments(new AttachmentState("ping", "node-a", true, "NoReceive", "It takes nothing.", true)));

        says(rehearsal, Condition.Type.READY, Truth.FALSE, "LinkDown", "The link link-cd is down. It takes nothing.");
        says(rehearsal, Condition.Type.ATTACHED, Truth.FALSE, "NoReceive", "It takes nothing.");
    }

    @Test
    void isUnknownOnceNobodyHearsASwitch() {
        // Given
        Replay rehearsal = live();
        rehearsal.say('d', Switch.State.DISCONNECTED, "no echo for 5 s");

        // When
        rehearsal.silent('d', START);

        // Then
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.UNKNOWN,
                "NoSignOfLife",
                "Whether traffic passes is unknown: neither a gateway nor a neighbour has heard node-d (000000000000000d)"
                        + " since 2026-11-23T10:00:00Z.");
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.DEGRADED);
        assertThat(rehearsal.condition(Condition.Type.CONTROL_LOST).status()).isEqualTo(Truth.TRUE);

        // When
        rehearsal.silent('d', null);

        // Then
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.TRUE,
                "Serving",
                "Traffic passes in both directions, as last known; see ControlLost.");
    }

    @Test
    void isNotReadyWhileAForeignRuleTakesItsFrames() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.shadow('d', new Shadow(PortNumber.of(3), 65_535, true));

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.DEGRADED);
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.FALSE,
                "Shadowed",
                "On node-d (000000000000000d) a rule that is not Vlink's, with priority 65535 in table 0, takes frames that enter"
                        + " by port 3: find it with \"ovs-ofctl dump-flows BRIDGE table=0\", and remove it or lower its"
                        + " priority.");
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.TRUE);

        // When
        rehearsal.shadow('d', new Shadow(PortNumber.of(3), 65_535, false));

        // Then
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.UNKNOWN);
        assertThat(rehearsal.condition(Condition.Type.READY).reason()).isEqualTo("PossiblyShadowed");

        // When
        rehearsal.shadow('d', null);

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void staysReadyWhenALinkOnlyGetsSlower() {
        Replay rehearsal = live();

        rehearsal.decide(decision(1, 4)
                .admitted(GUIDE)
                .impaired(new Impairment(
                        "$.path", ImpairmentReason.LATENCY_EXCEEDED, "0.9 ms is measured, 0.8 ms was asked for.")));

        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.TRUE,
                "LatencyExceeded",
                "0.9 ms is measured, 0.8 ms was asked for.");
    }

    @Test
    void staysReadyThroughoutAnEditAndNamesTheServingGeneration() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE));

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.PROGRAMMING);
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.TRUE,
                "Replacing",
                "Generation 1 carries the traffic while the change is brought to the switches.");
        assertThat(rehearsal.condition(Condition.Type.READY).observedGeneration())
                .isEqualTo(1);
        assertThat(rehearsal.condition(Condition.Type.ACCEPTED).observedGeneration())
                .isEqualTo(2);

        // When
        rehearsal.applyAll();

        // Then
        says(
                rehearsal,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "Replacing",
                "The new path is prepared; traffic takes the old one until the settling time is over.");
        assertThat(rehearsal.condition(Condition.Type.READY).observedGeneration())
                .isEqualTo(1);

        // When
        rehearsal.pass(Replay.SETTLING);
        assertThat(rehearsal.condition(Condition.Type.READY).observedGeneration())
                .isEqualTo(1);
        rehearsal.applyAll();

        // Then: turned and applied
        assertThat(rehearsal.condition(Condition.Type.READY).observedGeneration())
                .isEqualTo(2);
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.PROGRAMMING);

        // When
        rehearsal.settle();

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.statuses)
                .extracting(status -> status.condition(Condition.Type.READY)
                        .map(Condition::status)
                        .orElse(Truth.UNKNOWN))
                .containsOnly(Truth.TRUE);
        assertThat(rehearsal.condition(Condition.Type.READY).lastTransitionTime())
                .isEqualTo(START);
    }

    @Test
    void staysReadyWhileOnlyTheRateChanges() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(2, 4).admitted(circuit(1, 2, "acde", "edba", 5_000_000L)));

        // Then
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
        assertThat(rehearsal.condition(Condition.Type.READY).observedGeneration())
                .isEqualTo(1);
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Truth.FALSE);
        rehearsal.restart();
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
        rehearsal.applyAll();
        assertThat(rehearsal.condition(Condition.Type.READY).observedGeneration())
                .isEqualTo(2);
    }

    @Test
    void isNotReadyUntilTheWorkloadThatTookOverAnEndpointIsConnected() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(1, 4).admitted(withEnds(GUIDE, GUIDE.ends().getFirst(), end('e', "pong-2", 13))));

        // Then
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.FALSE);
        rehearsal.restart();
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.FALSE);
        rehearsal.applyAll();
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Truth.TRUE);
    }

    @Test
    void reportsThatThePreviousGenerationServesWhenAnEditIsRefused() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(2, 4)
                .refused(
                        GUIDE,
                        new Violation(
                                "$.path.links[0]", "BandwidthExceeded", "link-ab has 5 Mbit/s free, 20 are wanted.")));

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        says(
                rehearsal,
                Condition.Type.ACCEPTED,
                Truth.FALSE,
                "BandwidthExceeded",
                "link-ab has 5 Mbit/s free, 20 are wanted.");
        assertThat(rehearsal.condition(Condition.Type.ACCEPTED).observedGeneration())
                .isEqualTo(2);
        says(
                rehearsal,
                Condition.Type.READY,
                Truth.TRUE,
                "ServingEarlierGeneration",
                "Generation 2 was refused; generation 1 still serves.");
        assertThat(rehearsal.condition(Condition.Type.READY).observedGeneration())
                .isEqualTo(1);
    }

    @Test
    void reportsTheReasonForADelayedRemoval() {
        // Given
        Replay rehearsal = live();
        rehearsal.say('d', Switch.State.DISCONNECTED, "no echo for 5 s");

        // When
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE));
        for (char node : "abce".toCharArray()) {
            rehearsal.apply(dpid(node));
            rehearsal.confirm(dpid(node));
        }

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.REMOVING);
        says(
                rehearsal,
                Condition.Type.PROGRAMMED,
                Truth.FALSE,
                "SwitchDisconnected",
                "node-d (000000000000000d) has been disconnected since 2026-11-23T10:00:00Z: no echo for 5 s.");
        says(rehearsal, Condition.Type.READY, Truth.FALSE, "Withdrawn", "The network was deleted.");
        assertThat(rehearsal.status().removedCircuits()).isEmpty();
    }

    @Test
    void givesEqualStatusesForEqualInputs() {
        // Given
        Replay rehearsal = live();
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE)).applyAll();
        NetworkStatus before = rehearsal.status();

        // When
        rehearsal.restart();

        // Then
        assertThat(rehearsal.status()).isEqualTo(before);
    }

    @Test
    void neverLowersItsEvidenceWithinARevision() {
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE));
        rehearsal.applyAll();
        rehearsal.say('c', Switch.State.DISCONNECTED, "gone");
        rehearsal.say('c', Switch.State.CONNECTED, null);

        assertThat(rehearsal.statuses).hasSize(3);
        for (int i = 1; i < rehearsal.statuses.size(); i++) {
            assertThat(rehearsal.statuses.get(i).isOlderThan(rehearsal.statuses.get(i - 1)))
                    .isFalse();
        }
    }

    @Test
    void writesNoStatusWhenNothingIsNew() {
        // Given
        Replay rehearsal = live();

        // When: the gateway reports the same once more, in a new epoch
        rehearsal.report(RuleState.applied(Sample.ID, dpid('c'), 2, new Revision(1, 3, 2)));

        // Then
        assertThat(rehearsal.statuses).isEmpty();

        // When: the next owner overtakes writers with less evidence
        rehearsal.restart();

        // Then
        assertThat(rehearsal.statuses).hasSize(1);
        assertThat(rehearsal.act().statuses).hasSize(1);
    }

    @Test
    void isReadyOnAnOldWireAsLongAsItWorks() {
        Impairment changed =
                new Impairment("$.path.links[1]", ImpairmentReason.TOPOLOGY_CHANGED, "The link link-cd was deleted.");
        Impairment dead =
                new Impairment("$.path.links[1]", ImpairmentReason.WIRE_DOWN, "The port to-c of node-d is down.");
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(guide())).settle();

        rehearsal.decide(decision(1, 2).admitted(guide()).impaired(changed)).applyAll();
        says(rehearsal, Condition.Type.READY, Truth.TRUE, "TopologyChanged", "The link link-cd was deleted.");

        rehearsal
                .decide(decision(1, 3).admitted(guide()).impaired(changed, dead))
                .applyAll();
        says(rehearsal, Condition.Type.READY, Truth.FALSE, "WireDown", "The port to-c of node-d is down.");
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.DEGRADED);
    }

    /** The guide's network, confirmed by all. */
    private static Replay live() {
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE)).applyAll();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        rehearsal.forgetWritten();
        return rehearsal;
    }

    private static void says(Replay rehearsal, Condition.Type type, Truth truth, String reason, String message) {
        Condition condition = rehearsal.condition(type);
        assertThat(condition.status()).isEqualTo(truth);
        assertThat(condition.reason()).isEqualTo(reason);
        assertThat(condition.message()).isEqualTo(message);
    }
}
