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
        Replay replay = live();
        replay.decide(decision(2, 4).admitted(EDITED).removing(GUIDE));
        for (int i = 0; i < stage.number(); i++) {
            replay.applyAll().pass(Replay.SETTLING);
        }
        replay.applyAll().pass(Replay.SETTLING.dividedBy(2));
        replay.dropWritten();

        // When
        replay.restart();

        // Then
        assertThat(replay.ledger().stage()).isEqualTo(stage);
        assertThat(replay.statuses).isEmpty();
        // Unchanged rule sets are written once more, to be newer than anything that the killed instance still had.
        assertThat(replay.written).allMatch(set -> set.revision().equals(new Revision(2, 4, stage.number())));
        replay.applyAll().pass(Replay.SETTLING.minusMillis(1));
        assertThat(replay.ledger().stage()).as("settling starts again").isEqualTo(stage);
        assertThat(replay.settle().status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void resumesAStageThatWasWrittenOnlyForSomeSwitches() {
        // Given: the ingress was switched over at node-a; the record for node-e was never written
        Replay replay = live();
        replay.decide(decision(2, 4).admitted(EDITED).removing(GUIDE)).applyAll();
        RuleSet before = replay.record('e');
        replay.pass(Replay.SETTLING);
        replay.wanted.put(dpid('e'), before);
        replay.dropWritten();

        // When
        replay.restart();

        // Then
        assertThat(replay.circuitsWanted('e', 100)).containsExactly(2L);
        assertThat(replay.ledger().stage()).isEqualTo(Stage.SWITCH_OVER);
        assertThat(replay.settle().status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void writesNothingAfterARestartWhenAllIsInPlace() {
        Replay replay = live();

        replay.restart();

        assertThat(replay.written).isEmpty();
        assertThat(replay.statuses).isEmpty();
    }

    @Test
    void raisesTheRevisionOfInheritedRuleSetsOnceAndKeepsConfirmations() {
        // Given: a decision that changed no rule
        Replay replay = live();
        replay.decide(decision(1, 9).admitted(GUIDE));
        assertThat(replay.written).isEmpty();
        replay.say('c', Switch.State.DISCONNECTED, "connection lost");
        replay.dropWritten();

        // When
        replay.restart();

        // Then: all but that of the absent switch
        assertThat(replay.writtenFor()).isEqualTo("abde");
        assertThat(replay.written).extracting(RuleSet::revision).containsOnly(new Revision(1, 9, 2));
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.statuses).allMatch(status -> status.phase() == Phase.READY);

        // When: it is restarted before any of them was confirmed
        replay.dropWritten();
        replay.restart().applyAll();

        // Then
        assertThat(replay.written).isEmpty();

        // When: it is back
        replay.say('c', Switch.State.CONNECTED, null);

        // Then
        assertThat(replay.writtenFor()).isEqualTo("c");
        assertThat(replay.wantedRevision('c')).isEqualTo(new Revision(1, 9, 2));
    }

    @Test
    void replacesTheRuleSetsOfALateOwner() {
        // Given: an owner that was paused while writing the rules of the first decision
        Replay replay = live();
        RuleSet late = replay.record('c');
        replay.decide(decision(2, 4).withdrawn().removing(GUIDE)).applyAll();
        replay.dropWritten();

        // When
        boolean noticed = replay.intrude(late);

        // Then
        assertThat(noticed).isTrue();
        assertThat(replay.writtenFor()).isEqualTo("c");
        assertThat(replay.wanted('c')).isEqualTo(SwitchRules.NONE);
        assertThat(replay.wantedRevision('c')).isEqualTo(new Revision(2, 4, 2));
    }

    @Test
    void emptiesAndDeletesTheRuleSetsOfALateOwnerForADeletedNetwork() {
        // Given
        Replay replay = live();
        RuleSet late = replay.record('c');
        replay.decide(decision(2, 4).withdrawn().removing(GUIDE)).applyAll().deleteDecision();
        replay.applied.clear();

        // When
        replay.intrude(late);

        // Then
        assertThat(replay.wanted('c')).isEqualTo(SwitchRules.NONE);
        assertThat(replay.wantedRevision('c')).isGreaterThan(late.revision());
        replay.applyAll();
        assertThat(replay.wanted).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "2147483646, 2147483647", "2147483647, 2147483647"})
    void overwritesAForeignRecordOfAStageThatDoesNotExist(int claimed, int answered) {
        // Given
        Replay replay = live();
        SwitchRules ours = replay.wanted('c');
        Revision revision = replay.wantedRevision('c');

        // When
        replay.intrude(new RuleSet(dpid('c'), ID, revision.withStage(claimed), List.of(), List.of(), List.of()));

        // Then
        assertThat(replay.wanted('c')).isEqualTo(ours);
        assertThat(replay.wantedRevision('c')).isEqualTo(revision.withStage(answered));
        assertThat(replay.ledger().isCurrentApplied()).isFalse();
        assertThat(replay.applyAll().ledger().isCurrentApplied()).isTrue();
    }

    @Test
    void followsAFormerOwnerThatCameFurtherWithTheSameDecision() {
        // Given: two instances at stage 0 of the same edit; the other one switched the ingress over before it stopped
        Replay replay = live();
        replay.decide(decision(2, 4).admitted(EDITED).removing(GUIDE)).applyAll();
        Replay other = live();
        other.decide(decision(2, 4).admitted(EDITED).removing(GUIDE)).applyAll().pass(Replay.SETTLING);

        // When
        replay.intrude(other.record('a'));

        // Then
        assertThat(replay.ledger().stage()).isEqualTo(Stage.SWITCH_OVER);
        assertThat(replay.wanted('e')).isEqualTo(other.wanted('e'));
    }

    @Test
    void doesNothingWhileAnotherOwnerIsAheadByADecision() {
        // Given
        Replay replay = live();
        RuleSet ahead = new RuleSet(dpid('c'), ID, new Revision(2, 4, 2), List.of(), List.of(), List.of());
        replay.dropWritten();

        // When
        replay.intrude(ahead);

        // Then
        assertThat(replay.written).isEmpty();
        replay.decide(decision(2, 4).withdrawn().removing(GUIDE));
        assertThat(replay.writtenFor()).isEqualTo("abde");
    }

    @Test
    void dropsConfirmationsOutOfOrder() {
        // Given
        Replay replay = live();
        replay.decide(decision(1, 4).admitted(circuit(1, 1, "acde", "edba", 5_000_000L)));

        // When: one of an older revision, and one of a gateway that is no longer the master
        replay.report(RuleState.applied(ID, dpid('a'), 1, new Revision(1, 3, 2)));
        replay.applyAll();
        replay.report(
                RuleState.failed(ID, dpid('a'), 1, new Revision(1, 3, 2), RuleStateReason.SWITCH_ERROR, "late", null));
        replay.report(RuleState.failed(
                ID, dpid('a'), 0, new Revision(1, 4, 2), RuleStateReason.SWITCH_ERROR, "of a former master", null));

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);

        // When: one of a new master that has not read the last rule set yet
        replay.report(RuleState.applied(ID, dpid('a'), 2, new Revision(1, 3, 2)));

        // Then
        assertThat(replay.ledger().isCurrentApplied()).isFalse();
        replay.report(RuleState.applied(ID, dpid('a'), 2, new Revision(1, 4, 2)));
        assertThat(replay.ledger().isCurrentApplied()).isTrue();
    }

    @Test
    void dropsADecisionThatIsOlderThanTheLast() {
        Replay replay = live();

        replay.decide(decision(1, 2).withdrawn().removing(GUIDE));

        assertThat(replay.written).isEmpty();
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
        assertThat(ledger.stage()).isEqualTo(Stage.CLEAN_UP);
    }
}
