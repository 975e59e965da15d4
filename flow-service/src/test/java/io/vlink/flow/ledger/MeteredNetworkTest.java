package io.vlink.flow.ledger;

import static io.vlink.flow.sample.LiveNetwork.EDITED;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.ID;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.sample.Compiled;
import io.vlink.flow.sample.OvsText;
import io.vlink.flow.sample.Replay;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests by replay how best effort gets and loses the meters of links. */
class MeteredNetworkTest {

    @Test
    void addsAMeterToBestEffortInPlaceAndStaysReady() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(free)).settle();
        Revision before = rehearsal.wantedRevision('c');
        rehearsal.forgetWritten();

        // When
        rehearsal.meter('c', 'd', true);

        // Then: the rule changes in place, and readers can distinguish the rule set from the previous one
        assertThat(rehearsal.writtenFor()).isEqualTo("c");
        assertThat(rehearsal.wantedRevision('c')).isGreaterThan(before);
        assertThat(rehearsal.wantedRevision('c').sameDecision(before)).isTrue();
        assertThat(OvsText.of(rehearsal.wanted('c')))
                .isEqualTo(
                        "cookie=0x564c100000001000 table=2 priority=200 in_port=1,dl_vlan=100 actions=meter:65540,set_field:4197->vlan_vid,output:4");
        assertThat(rehearsal.condition(Condition.Type.READY).status()).isEqualTo(Condition.Truth.TRUE);
        assertThat(rehearsal.ledger().isCurrentApplied()).isFalse();

        // When
        rehearsal.applyAll();

        // Then
        assertThat(rehearsal.ledger().isCurrentApplied()).isTrue();
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).reason()).isEqualTo("Confirmed");
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.statuses).allSatisfy(status -> assertThat(
                        status.condition(Condition.Type.READY).map(Condition::status))
                .contains(Condition.Truth.TRUE));

        // When: and back
        rehearsal.forgetWritten();
        rehearsal.meter('c', 'd', false).applyAll();

        // Then
        assertThat(rehearsal.wanted('c')).isEqualTo(Compiled.rules(free).get(dpid('c')));
        assertThat(rehearsal.ledger().isCurrentApplied()).isTrue();
    }

    @Test
    void ignoresMetersOfLinksForReservedTraffic() {
        // Given: reserved forward, best effort in reverse
        Replay rehearsal = live();

        // When
        for (String link : List.of("ac", "cd", "de")) {
            rehearsal.meter(link.charAt(0), link.charAt(1), true);
        }

        // Then
        assertThat(rehearsal.written).isEmpty();
        rehearsal.meter('b', 'a', true);
        assertThat(rehearsal.writtenFor()).isEqualTo("b");
    }

    @Test
    void editsMakeBeforeBreakAlthoughLinksGotMetersSince() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(free)).settle();

        // When: none of that is written yet
        rehearsal.hearOfMeter('a', 'c', true);
        rehearsal.decide(decision(2, 2).admitted(EDITED).retiring(free));

        // Then
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.PREPARE);

        // When
        rehearsal.meter('a', 'b', true);
        rehearsal.settle();

        // Then: changes in between are applied in the end
        assertThat(rehearsal.wanted('a')).isEqualTo(rehearsal.compiled(EDITED).get(dpid('a')));
        assertThat(OvsText.of(rehearsal.wanted('a'))).contains("actions=meter:65538,push_vlan");
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void continuesAnEditWhenASwitchRejectsTheMeterOfAPreparedLink() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Circuit edited = circuit(2, 2, "abde", "edba", null);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(free)).settle();
        rehearsal.hearOfMeter('b', 'd', true);
        rehearsal.decide(decision(2, 2).admitted(edited).retiring(free));
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.PREPARE);
        assertThat(OvsText.of(rehearsal.wanted('b'))).contains("meter:");

        // When: the rule is omitted for lack of the meter
        applyAllBut('b', rehearsal);
        rehearsal.fail('b', RuleStateReason.LINK_METER_MISSING, "meter 65540 is missing");
        rehearsal.pass(Replay.SETTLING);
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.PREPARE);
        rehearsal.meter('b', 'd', false);

        // Then
        assertThat(OvsText.of(rehearsal.wanted('b'))).doesNotContain("meter:");
        assertThat(rehearsal.circuitsWanted('a', 100)).as("still the old one").containsExactly(1L);
        rehearsal.settle();
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.CLEAR);
        assertThat(rehearsal.wanted('b')).isEqualTo(rehearsal.compiled(edited).get(dpid('b')));
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void continuesAnEditWhenASwitchRejectsTheMeterOfALinkThatTrafficIsTurnedTo() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Circuit edited = circuit(2, 2, "abde", "edba", null);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(free)).settle();
        rehearsal.hearOfMeter('a', 'b', true);
        rehearsal
                .decide(decision(2, 2).admitted(edited).retiring(free))
                .applyAll()
                .pass(Replay.SETTLING);
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.TURN);
        assertThat(OvsText.of(rehearsal.wanted('a'))).contains("meter:");

        // When
        applyAllBut('a', rehearsal);
        rehearsal.fail('a', RuleStateReason.LINK_METER_MISSING, "meter 65538 is missing");
        rehearsal.meter('a', 'b', false);

        // Then
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.TURN);
        assertThat(OvsText.of(rehearsal.wanted('a'))).doesNotContain("meter:");
        rehearsal.settle();
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.CLEAR);
        assertThat(rehearsal.wanted('a')).isEqualTo(rehearsal.compiled(edited).get(dpid('a')));
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
    }

    private static void applyAllBut(char node, Replay rehearsal) {
        for (DatapathId datapathId : rehearsal.pending()) {
            if (!datapathId.equals(dpid(node))) {
                rehearsal.apply(datapathId);
                rehearsal.confirm(datapathId);
            }
        }
    }

    @Test
    void keepsMeteredRulesUnchangedAfterARestart() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(free)).settle();
        rehearsal.meter('c', 'd', true).applyAll();
        rehearsal.forgetWritten();

        // When
        rehearsal.restart();

        // Then
        assertThat(rehearsal.written).isEmpty();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void keepsAMeteredNetworkProgrammedThroughARestartWhileItsSwitchIsRefused() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(free)).settle();
        rehearsal.meter('c', 'd', true).applyAll();
        refuse('c', rehearsal);

        // When
        rehearsal.restart();

        // Then
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Condition.Truth.TRUE);
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void reportsANewlyMeteredNetworkAsNotProgrammedWhileItsSwitchIsRefused() {
        // Given: it uses another meter elsewhere
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(free)).settle();
        rehearsal.meter('c', 'd', true).applyAll();
        refuse('d', rehearsal);
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Condition.Truth.TRUE);

        // When
        rehearsal.meter('d', 'e', true).pass(Duration.ofSeconds(1));

        // Then
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isNotEqualTo(Condition.Truth.TRUE);
        rehearsal.restart();
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isNotEqualTo(Condition.Truth.TRUE);
    }

    @Test
    void neverWritesAnOlderStatusAfterALateOwnerRemovedAMeter() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(free)).settle();
        rehearsal.meter('c', 'd', true).applyAll();
        refuse('c', rehearsal);

        // When
        rehearsal.intrude(new RuleSet(dpid('c'), ID, new Revision(1, 0, 2), List.of(), List.of(), List.of()));
        rehearsal.applyAll();
        rehearsal.fail('d', RuleStateReason.TABLE_FULL, "no room");

        // Then
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Condition.Truth.FALSE);
    }

    private static void refuse(char node, Replay rehearsal) {
        rehearsal.say(node, Switch.State.REFUSED, "it is not to be written to");
        rehearsal.fail(node, RuleStateReason.SWITCH_REFUSED, "it is not to be written to");
    }
}
