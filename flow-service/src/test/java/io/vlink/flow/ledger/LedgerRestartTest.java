package io.vlink.flow.ledger;

import static io.vlink.flow.sample.LiveNetwork.EDITED;
import static io.vlink.flow.sample.LiveNetwork.GUIDE;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.ID;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Revision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.compile.SwitchRules;
import io.vlink.flow.sample.Compiled;
import io.vlink.flow.sample.Replay;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests by replay what a ledger makes of the records of former and late owners, and of records in any order. */
class LedgerRestartTest {

    @ParameterizedTest
    @EnumSource
    void resumesTheStageInWhichItWasKilled(Stage stage) {
        // Given
        Replay rehearsal = live();
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE));
        for (int i = 0; i < stage.number(); i++) {
            rehearsal.applyAll().pass(Replay.SETTLING);
        }
        rehearsal.applyAll().pass(Replay.SETTLING.dividedBy(2));
        rehearsal.forgetWritten();

        // When
        rehearsal.restart();

        // Then
        assertThat(rehearsal.ledger().stage()).isEqualTo(stage);
        assertThat(rehearsal.statuses).isEmpty();
        // Unchanged rule sets are written once more, to be newer than anything that the killed instance still had.
        assertThat(rehearsal.written).allMatch(set -> set.revision().equals(new Revision(2, 4, stage.number())));
        rehearsal.applyAll().pass(Replay.SETTLING.minusMillis(1));
        assertThat(rehearsal.ledger().stage()).as("settling starts again").isEqualTo(stage);
        assertThat(rehearsal.settle().status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void resumesAStageThatWasWrittenOnlyForSomeSwitches() {
        // Given: the ingress was turned on node-a; the record for node-e was never written
        Replay rehearsal = live();
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE)).applyAll();
        RuleSet before = rehearsal.record('e');
        rehearsal.pass(Replay.SETTLING);
        rehearsal.wanted.put(dpid('e'), before);
        rehearsal.forgetWritten();

        // When
        rehearsal.restart();

        // Then
        assertThat(rehearsal.circuitsWanted('e', 100)).containsExactly(2L);
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.TURN);
        assertThat(rehearsal.settle().status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void writesNothingAfterARestartWhenAllIsInPlace() {
        Replay rehearsal = live();

        rehearsal.restart();

        assertThat(rehearsal.written).isEmpty();
        assertThat(rehearsal.statuses).isEmpty();
    }

    @Test
    void raisesTheRevisionOfInheritedRuleSetsOnceAndKeepsConfirmations() {
        // Given: a decision that changed no rule
        Replay rehearsal = live();
        rehearsal.decide(decision(1, 9).admitted(GUIDE));
        assertThat(rehearsal.written).isEmpty();
        rehearsal.say('c', Switch.State.DISCONNECTED, "connection lost");
        rehearsal.forgetWritten();

        // When
        rehearsal.restart();

        // Then: all but that of the absent switch
        assertThat(rehearsal.writtenFor()).isEqualTo("abde");
        assertThat(rehearsal.written).extracting(RuleSet::revision).containsOnly(new Revision(1, 9, 2));
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.statuses).allMatch(status -> status.phase() == Phase.READY);

        // When: it is restarted before any of them was confirmed
        rehearsal.forgetWritten();
        rehearsal.restart().applyAll();

        // Then
        assertThat(rehearsal.written).isEmpty();

        // When: it is back
        rehearsal.say('c', Switch.State.CONNECTED, null);

        // Then
        assertThat(rehearsal.writtenFor()).isEqualTo("c");
        assertThat(rehearsal.wantedRevision('c')).isEqualTo(new Revision(1, 9, 2));
    }

    @Test
    void replacesTheRuleSetsOfALateOwner() {
        // Given: an owner that was paused while writing the rules of the first decision
        Replay rehearsal = live();
        RuleSet late = rehearsal.record('c');
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE)).applyAll();
        rehearsal.forgetWritten();

        // When
        boolean noticed = rehearsal.intrude(late);

        // Then
        assertThat(noticed).isTrue();
        assertThat(rehearsal.writtenFor()).isEqualTo("c");
        assertThat(rehearsal.wanted('c')).isEqualTo(SwitchRules.NONE);
        assertThat(rehearsal.wantedRevision('c')).isEqualTo(new Revision(2, 4, 2));
    }

    @Test
    void emptiesAndDeletesTheRuleSetsOfALateOwnerForADeletedNetwork() {
        // Given
        Replay rehearsal = live();
        RuleSet late = rehearsal.record('c');
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE)).applyAll().deleteDecision();
        rehearsal.applied.clear();

        // When
        rehearsal.intrude(late);

        // Then
        assertThat(rehearsal.wanted('c')).isEqualTo(SwitchRules.NONE);
        assertThat(rehearsal.wantedRevision('c')).isGreaterThan(late.revision());
        rehearsal.applyAll();
        assertThat(rehearsal.wanted).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "2147483646, 2147483647", "2147483647, 2147483647"})
    void overwritesAForeignRecordOfAStageThatDoesNotExist(int claimed, int answered) {
        // Given
        Replay rehearsal = live();
        SwitchRules ours = rehearsal.wanted('c');
        Revision revision = rehearsal.wantedRevision('c');

        // When
        rehearsal.intrude(new RuleSet(dpid('c'), ID, revision.withStage(claimed), List.of(), List.of(), List.of()));

        // Then
        assertThat(rehearsal.wanted('c')).isEqualTo(ours);
        assertThat(rehearsal.wantedRevision('c')).isEqualTo(revision.withStage(answered));
        assertThat(rehearsal.ledger().isCurrentApplied()).isFalse();
        assertThat(rehearsal.applyAll().ledger().isCurrentApplied()).isTrue();
    }

    @Test
    void followsAFormerOwnerThatCameFurtherWithTheSameDecision() {
        // Given: two instances at stage 0 of the same edit; the other one turned the ingress before it stopped
        Replay rehearsal = live();
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE)).applyAll();
        Replay other = live();
        other.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE)).applyAll().pass(Replay.SETTLING);

        // When
        rehearsal.intrude(other.record('a'));

        // Then
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.TURN);
        assertThat(rehearsal.wanted('e')).isEqualTo(other.wanted('e'));
    }

    @Test
    void doesNothingWhileAnotherOwnerIsAheadByADecision() {
        // Given
        Replay rehearsal = live();
        RuleSet ahead = new RuleSet(dpid('c'), ID, new Revision(2, 4, 2), List.of(), List.of(), List.of());
        rehearsal.forgetWritten();

        // When
        rehearsal.intrude(ahead);

        // Then
        assertThat(rehearsal.written).isEmpty();
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE));
        assertThat(rehearsal.writtenFor()).isEqualTo("abde");
    }

    @Test
    void dropsConfirmationsOutOfOrder() {
        // Given
        Replay rehearsal = live();
        rehearsal.decide(decision(1, 4).admitted(circuit(1, 1, "acde", "edba", 5_000_000L)));

        // When: one of an older revision, and one of a gateway that is no longer the master
        rehearsal.report(RuleState.applied(ID, dpid('a'), 1, new Revision(1, 3, 2)));
        rehearsal.applyAll();
        rehearsal.report(
                RuleState.failed(ID, dpid('a'), 1, new Revision(1, 3, 2), RuleStateReason.SWITCH_ERROR, "late", null));
        rehearsal.report(RuleState.failed(
                ID, dpid('a'), 0, new Revision(1, 4, 2), RuleStateReason.SWITCH_ERROR, "of a former master", null));

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);

        // When: one of a new master that has not read the last rule set yet
        rehearsal.report(RuleState.applied(ID, dpid('a'), 2, new Revision(1, 3, 2)));

        // Then
        assertThat(rehearsal.ledger().isCurrentApplied()).isFalse();
        rehearsal.report(RuleState.applied(ID, dpid('a'), 2, new Revision(1, 4, 2)));
        assertThat(rehearsal.ledger().isCurrentApplied()).isTrue();
    }

    @Test
    void dropsADecisionThatIsOlderThanTheLast() {
        Replay rehearsal = live();

        rehearsal.decide(decision(1, 2).withdrawn().retiring(GUIDE));

        assertThat(rehearsal.written).isEmpty();
    }

    @Test
    void changesNothingWhileTheOnlyDecisionCannotBeRead() {
        // Given: rules in the log, and a decision that cannot be read
        NetworkLedger ledger = new NetworkLedger(ID, Replay.SETTLING, Compiled.UNMETERED);
        live().wanted.forEach(ledger::read);
        ledger.decisionUnreadable();
        ledger.loaded();

        // Then
        assertThat(ledger.advance(live().now(), d -> true)).isEqualTo(RuleSetChanges.NOTHING);
        assertThat(ledger.isFinished()).isFalse();

        // When
        ledger.decided(decision(1, 3).admitted(GUIDE).made(), live().now());

        // Then
        assertThat(ledger.advance(live().now(), d -> true).sets()).isEmpty();
        assertThat(ledger.stage()).isEqualTo(Stage.CLEAR);
    }
}
