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
        Replay replay = new Replay().decide(decision(1, 1).admitted(free)).settle();
        Revision before = replay.wantedRevision('c');
        replay.dropWritten();

        // When
        replay.meter('c', 'd', true);

        // Then: the rule changes in place, and readers can distinguish the rule set from the previous one
        assertThat(replay.writtenFor()).isEqualTo("c");
        assertThat(replay.wantedRevision('c')).isGreaterThan(before);
        assertThat(replay.wantedRevision('c').sameDecision(before)).isTrue();
        assertThat(OvsText.of(replay.wanted('c')))
                .isEqualTo(
                        "cookie=0x564c100000001000 table=2 priority=200 in_port=1,dl_vlan=100 actions=meter:65540,set_field:4197->vlan_vid,output:4");
        assertThat(replay.condition(Condition.Type.READY).status()).isEqualTo(Condition.Truth.TRUE);
        assertThat(replay.ledger().isCurrentApplied()).isFalse();

        // When
        replay.applyAll();

        // Then
        assertThat(replay.ledger().isCurrentApplied()).isTrue();
        assertThat(replay.condition(Condition.Type.PROGRAMMED).reason()).isEqualTo("Confirmed");
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.statuses).allSatisfy(status -> assertThat(
                        status.condition(Condition.Type.READY).map(Condition::status))
                .contains(Condition.Truth.TRUE));

        // When: and back
        replay.dropWritten();
        replay.meter('c', 'd', false).applyAll();

        // Then
        assertThat(replay.wanted('c')).isEqualTo(Compiled.rules(free).get(dpid('c')));
        assertThat(replay.ledger().isCurrentApplied()).isTrue();
    }

    @Test
    void ignoresMetersOfLinksForReservedTraffic() {
        // Given: reserved forward, best effort in reverse
        Replay replay = live();

        // When
        for (String link : List.of("ac", "cd", "de")) {
            replay.meter(link.charAt(0), link.charAt(1), true);
        }

        // Then
        assertThat(replay.written).isEmpty();
        replay.meter('b', 'a', true);
        assertThat(replay.writtenFor()).isEqualTo("b");
    }

    @Test
    void editsMakeBeforeBreakAlthoughLinksGotMetersSince() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay replay = new Replay().decide(decision(1, 1).admitted(free)).settle();

        // When: none of that is written yet
        replay.hearOfMeter('a', 'c', true);
        replay.decide(decision(2, 2).admitted(EDITED).removing(free));

        // Then
        assertThat(replay.ledger().stage()).isEqualTo(Stage.PREPARE);

        // When
        replay.meter('a', 'b', true);
        replay.settle();

        // Then: changes in between are applied in the end
        assertThat(replay.wanted('a')).isEqualTo(replay.compiled(EDITED).get(dpid('a')));
        assertThat(OvsText.of(replay.wanted('a'))).contains("actions=meter:65538,push_vlan");
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void continuesAnEditWhenASwitchRejectsTheMeterOfAPreparedLink() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Circuit edited = circuit(2, 2, "abde", "edba", null);
        Replay replay = new Replay().decide(decision(1, 1).admitted(free)).settle();
        replay.hearOfMeter('b', 'd', true);
        replay.decide(decision(2, 2).admitted(edited).removing(free));
        assertThat(replay.ledger().stage()).isEqualTo(Stage.PREPARE);
        assertThat(OvsText.of(replay.wanted('b'))).contains("meter:");

        // When: the rule is omitted for lack of the meter
        applyAllBut('b', replay);
        replay.fail('b', RuleStateReason.LINK_METER_MISSING, "meter 65540 is missing");
        replay.pass(Replay.SETTLING);
        assertThat(replay.ledger().stage()).isEqualTo(Stage.PREPARE);
        replay.meter('b', 'd', false);

        // Then
        assertThat(OvsText.of(replay.wanted('b'))).doesNotContain("meter:");
        assertThat(replay.circuitsWanted('a', 100)).as("still the old one").containsExactly(1L);
        replay.settle();
        assertThat(replay.ledger().stage()).isEqualTo(Stage.CLEAN_UP);
        assertThat(replay.wanted('b')).isEqualTo(replay.compiled(edited).get(dpid('b')));
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void continuesAnEditWhenASwitchRejectsTheMeterOfALinkOnTheNewPath() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Circuit edited = circuit(2, 2, "abde", "edba", null);
        Replay replay = new Replay().decide(decision(1, 1).admitted(free)).settle();
        replay.hearOfMeter('a', 'b', true);
        replay.decide(decision(2, 2).admitted(edited).removing(free)).applyAll().pass(Replay.SETTLING);
        assertThat(replay.ledger().stage()).isEqualTo(Stage.SWITCH_OVER);
        assertThat(OvsText.of(replay.wanted('a'))).contains("meter:");

        // When
        applyAllBut('a', replay);
        replay.fail('a', RuleStateReason.LINK_METER_MISSING, "meter 65538 is missing");
        replay.meter('a', 'b', false);

        // Then
        assertThat(replay.ledger().stage()).isEqualTo(Stage.SWITCH_OVER);
        assertThat(OvsText.of(replay.wanted('a'))).doesNotContain("meter:");
        replay.settle();
        assertThat(replay.ledger().stage()).isEqualTo(Stage.CLEAN_UP);
        assertThat(replay.wanted('a')).isEqualTo(replay.compiled(edited).get(dpid('a')));
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
    }

    private static void applyAllBut(char node, Replay replay) {
        for (DatapathId datapathId : replay.pending()) {
            if (!datapathId.equals(dpid(node))) {
                replay.apply(datapathId);
                replay.confirm(datapathId);
            }
        }
    }

    @Test
    void keepsMeteredRulesUnchangedAfterARestart() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay replay = new Replay().decide(decision(1, 1).admitted(free)).settle();
        replay.meter('c', 'd', true).applyAll();
        replay.dropWritten();

        // When
        replay.restart();

        // Then
        assertThat(replay.written).isEmpty();
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void keepsAMeteredNetworkProgrammedThroughARestartWhileItsSwitchIsRefused() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay replay = new Replay().decide(decision(1, 1).admitted(free)).settle();
        replay.meter('c', 'd', true).applyAll();
        refuse('c', replay);

        // When
        replay.restart();

        // Then
        assertThat(replay.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Condition.Truth.TRUE);
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void reportsANewlyMeteredNetworkAsNotProgrammedWhileItsSwitchIsRefused() {
        // Given: it uses another meter elsewhere
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay replay = new Replay().decide(decision(1, 1).admitted(free)).settle();
        replay.meter('c', 'd', true).applyAll();
        refuse('d', replay);
        assertThat(replay.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Condition.Truth.TRUE);

        // When
        replay.meter('d', 'e', true).pass(Duration.ofSeconds(1));

        // Then
        assertThat(replay.condition(Condition.Type.PROGRAMMED).status()).isNotEqualTo(Condition.Truth.TRUE);
        replay.restart();
        assertThat(replay.condition(Condition.Type.PROGRAMMED).status()).isNotEqualTo(Condition.Truth.TRUE);
    }

    @Test
    void neverWritesAnOlderStatusAfterALateOwnerRemovedAMeter() {
        // Given
        Circuit free = circuit(1, 1, "acde", "edba", null);
        Replay replay = new Replay().decide(decision(1, 1).admitted(free)).settle();
        replay.meter('c', 'd', true).applyAll();
        refuse('c', replay);

        // When
        replay.intrude(new RuleSet(dpid('c'), ID, new Revision(1, 0, 2), List.of(), List.of(), List.of()));
        replay.applyAll();
        replay.fail('d', RuleStateReason.TABLE_FULL, "no room");

        // Then
        assertThat(replay.condition(Condition.Type.PROGRAMMED).status()).isEqualTo(Condition.Truth.FALSE);
    }

    private static void refuse(char node, Replay replay) {
        replay.say(node, Switch.State.REFUSED, "it is not to be written to");
        replay.fail(node, RuleStateReason.SWITCH_REFUSED, "it is not to be written to");
    }
}
