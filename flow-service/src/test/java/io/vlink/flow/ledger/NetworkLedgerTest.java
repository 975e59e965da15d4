package io.vlink.flow.ledger;

import static io.vlink.flow.sample.Sample.ID;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.end;
import static io.vlink.flow.sample.Sample.guide;
import static io.vlink.flow.sample.Sample.withEnds;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Route;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.compile.SwitchRules;
import io.vlink.flow.sample.Compiled;
import io.vlink.flow.sample.OvsText;
import io.vlink.flow.sample.Replay;
import io.vlink.flow.sample.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests by replay which records are written when. */
class NetworkLedgerTest {

    private static final Circuit GUIDE = guide();
    /** The guide's network after an edit: a-b-e and back. */
    private static final Circuit EDITED = circuit(2, 2, "abe", "eba", null);

    @Test
    void writesNothingBeforeBothEndpointsAreAttached() {
        Replay rehearsal = new Replay()
                .decide(decision(1, 1).admitted(withEnds(GUIDE, end('a', null, null), end('e', null, null))))
                .decide(decision(1, 2).admitted(withEnds(GUIDE, end('a', "ping", 11), end('e', null, null))))
                .decide(decision(1, 3).admitted(withEnds(GUIDE, end('a', "ping", 11), end('e', "pong", null))));

        assertThat(rehearsal.written).isEmpty();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void replacesDeadCircuitsAtOnceAndNeverReportsThemAsServing() {
        // Given
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(GUIDE)).settle();

        // When
        rehearsal.decide(
                decision(2, 2).admitted(EDITED).leaving(new CircuitRemoval(GUIDE, Sample.START, false, true, null)));

        // Then
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.CLEAR);
        assertThat(rehearsal.status().conditions())
                .noneMatch(said -> said.message().contains("traffic takes the old"));
        rehearsal.applyAll();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(GUIDE.number());
    }

    @Test
    void advancesAtOnceWhenTheReplacedCircuitDies() {
        // Given
        Replay rehearsal = new Replay()
                .decide(decision(1, 1).admitted(GUIDE))
                .settle()
                .decide(decision(2, 2).admitted(EDITED).retiring(GUIDE));
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.PREPARE);

        // When
        rehearsal.decide(
                decision(2, 3).admitted(EDITED).leaving(new CircuitRemoval(GUIDE, Sample.START, false, true, null)));

        // Then
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.CLEAR);
    }

    @Test
    void reportsTheRulesAtARenumberedPortAsRemovedOnceTheSwitchesConfirmTheNewOnes() {
        // Given
        Circuit one = circuit(1, 1, "ab", "ba", null);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(one)).settle();

        // When: the port of node-b toward node-a gets the number 40
        Lane lane = one.route(Direction.FORWARD).spans().getFirst().lane();
        Circuit moved = one.withRoutes(
                List.of(one.route(Direction.FORWARD).withLanes(NetworkLedgerTest::at40), one.route(Direction.REVERSE)));
        Lane left = new Lane(lane.link(), lane.label(), null, null, lane.inPort(), null);
        Hop there = new Hop(0, "node-b", Sample.dpid('b'), List.of(left), List.of());
        Hop nothing = new Hop(0, "node-b", Sample.dpid('b'), List.of(), List.of());
        Circuit former = new Circuit(
                2,
                1,
                List.of(end('a', null, null), end('b', null, null)),
                List.of(
                        new Route(null, List.of(there), null, 0, null),
                        new Route(null, List.of(nothing), null, 0, null)));
        rehearsal.decide(
                decision(1, 2).admitted(moved).leaving(new CircuitRemoval(former, Sample.START, false, true, 1L)));

        // Then
        assertThat(rehearsal.status().removedCircuits()).isEmpty();
        rehearsal.applyAll();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(2L);
    }

    @Test
    void reportsALoweredRateAsReleasedOnceTheMeteringSwitchConfirms() {
        // Given
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(GUIDE)).settle();
        rehearsal.forgetWritten();

        // When
        Hop first = new Hop(0, "node-a", dpid('a'), List.of(), List.of());
        Circuit former = new Circuit(
                2,
                1,
                List.of(end('a', null, null), end('e', null, null)),
                List.of(
                        new Route(null, List.of(first), 20_000_000L, 0, null),
                        new Route(null, List.of(first), null, 0, null)));
        rehearsal.decide(decision(2, 2)
                .admitted(circuit(1, 2, "acde", "edba", 10_000_000L))
                .leaving(new CircuitRemoval(former, Sample.START, false, true, 1L)));

        // Then
        assertThat(rehearsal.writtenFor()).isEqualTo("a");
        assertThat(rehearsal.status().removedCircuits()).isEmpty();
        rehearsal.restart();
        assertThat(rehearsal.status().removedCircuits()).isEmpty();
        rehearsal.applyAll();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(2L);
    }

    private static Lane at40(Lane lane) {
        return lane.at(lane.outPort(), null, PortNumber.of(40), null);
    }

    @Test
    void writesForAllSwitchesAtOnceWhenNothingIsLive() {
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE));

        assertThat(rehearsal.written)
                .extracting(RuleSet::datapathId)
                .containsExactly(dpid('a'), dpid('b'), dpid('c'), dpid('d'), dpid('e'));
        assertThat(rehearsal.written).extracting(RuleSet::revision).containsOnly(new Revision(1, 3, 2));
        Compiled.rules(GUIDE).forEach((datapathId, rules) -> assertThat(rehearsal.written)
                .filteredOn(set -> set.datapathId().equals(datapathId))
                .extracting(SwitchRules::of)
                .containsExactly(rules));
    }

    /** Every rehearsal checks by itself that the skipped confirmations have no consequences. */
    @Test
    void actsOnlyOnTheLastOfAllConfirmations() {
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE));

        for (char node : "abcde".toCharArray()) {
            rehearsal.apply(dpid(node));
            rehearsal.confirm(dpid(node));
        }

        assertThat(rehearsal.passedOver()).isEqualTo(4);
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);

        // When
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE)).applyAll();

        // Then
        assertThat(rehearsal.passedOver()).isEqualTo(8);
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.REMOVED);
    }

    @Test
    void actsAtOnceOnASwitchThatRejects() {
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE));

        rehearsal.fail('c', RuleStateReason.METER_TAKEN, "Meter 1 is taken");

        assertThat(rehearsal.passedOver()).isZero();
        assertThat(rehearsal.condition(Condition.Type.PROGRAMMED).reason()).isEqualTo("MeterTaken");
    }

    @Test
    void preparesTurnsAndClearsWhenALiveNetworkIsEdited() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE));

        // Then: label rules of the new path beside the old; the ingress is still the old
        assertThat(rehearsal.writtenFor()).isEqualTo("abe");
        assertThat(rehearsal.written).extracting(RuleSet::revision).containsOnly(new Revision(2, 4, 0));
        assertThat(circuitsOf(rehearsal.wanted('a'), 100)).containsExactly(1L);
        assertThat(circuitsOf(rehearsal.wanted('a'), 200)).containsExactly(1L, 2L);

        // When
        rehearsal.forgetWritten();
        rehearsal.applyAll().pass(Replay.SETTLING);

        // Then: only the ingress changes
        assertThat(rehearsal.writtenFor()).isEqualTo("ae");
        assertThat(rehearsal.written).extracting(RuleSet::revision).containsOnly(new Revision(2, 4, 1));
        assertThat(circuitsOf(rehearsal.wanted('a'), 100)).containsExactly(2L);
        assertThat(circuitsOf(rehearsal.wanted('a'), 200)).containsExactly(1L, 2L);
        assertThat(rehearsal.wanted('a').meters()).isEmpty();

        // When
        rehearsal.forgetWritten();
        rehearsal.applyAll().pass(Replay.SETTLING);

        // Then: only the new
        assertThat(rehearsal.writtenFor()).isEqualTo("abcde");
        assertThat(rehearsal.written).extracting(RuleSet::revision).containsOnly(new Revision(2, 4, 2));
        assertThat(rehearsal.wanted('c')).isEqualTo(SwitchRules.NONE);
        assertThat(rehearsal.wanted('a')).isEqualTo(Compiled.rules(EDITED).get(dpid('a')));
        assertThat(rehearsal.status().removedCircuits()).isEmpty();

        // When
        rehearsal.forgetWritten();
        rehearsal.applyAll().pass(Duration.ofHours(1));

        // Then
        assertThat(rehearsal.written).isEmpty();
        assertThat(rehearsal.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void waitsTheSettlingTimeAfterTheLastConfirmation() {
        // Given
        Replay rehearsal = live();
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE));
        rehearsal.forgetWritten();
        rehearsal.apply(dpid('a'));
        rehearsal.confirm(dpid('a'));
        rehearsal.apply(dpid('b'));
        rehearsal.confirm(dpid('b'));

        // When
        rehearsal.pass(Duration.ofSeconds(10));
        assertThat(rehearsal.written).isEmpty();
        rehearsal.applyAll();

        // Then
        rehearsal.pass(Replay.SETTLING.minusMillis(1));
        assertThat(rehearsal.written).isEmpty();
        rehearsal.pass(Duration.ofMillis(1));
        assertThat(rehearsal.writtenFor()).isEqualTo("ae");
    }

    @Test
    void needsOnlyTheSwitchesOfTheNewPathToLeaveADeadSwitch() {
        // Given: node-d is gone
        Replay rehearsal = live();
        rehearsal.say('d', Switch.State.DISCONNECTED, "connection lost");

        // When
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE));
        for (int i = 0; i < 3; i++) {
            for (char node : "abce".toCharArray()) {
                if (rehearsal.pending().contains(dpid(node))) {
                    rehearsal.apply(dpid(node));
                    rehearsal.confirm(dpid(node));
                }
            }
            rehearsal.pass(Replay.SETTLING);
        }

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.status().removedCircuits()).isEmpty();
        assertThat(rehearsal.pending()).containsExactly(dpid('d'));

        // When: it comes back, possibly after the quarantine began
        rehearsal.say('d', Switch.State.CONNECTED, null);
        rehearsal.applyAll();

        // Then
        assertThat(rehearsal.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void changesRateAndPortsOfTheSameCircuitInPlace() {
        // Given
        Replay rehearsal = live();

        // When
        Circuit slower = circuit(1, 2, "acde", "edba", 5_000_000L);
        rehearsal.decide(decision(2, 4).admitted(slower));

        // Then
        assertThat(rehearsal.writtenFor()).isEqualTo("a");
        assertThat(rehearsal.wanted('a').meters()).containsExactly(new Meter(1, 5_000, 122));

        // When: another workload takes over the endpoint, at another port
        rehearsal.forgetWritten();
        rehearsal
                .applyAll()
                .decide(decision(2, 5).admitted(withEnds(slower, slower.ends().getFirst(), end('e', "pong-2", 13))));

        // Then
        assertThat(rehearsal.writtenFor()).isEqualTo("e");
        assertThat(rehearsal.written).extracting(RuleSet::revision).containsOnly(new Revision(2, 5, 2));
    }

    @Test
    void removesAllRulesWhenAnEndpointIsDetachedAndInstallsThemForTheNextAttachment() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(1, 4).admitted(withEnds(GUIDE, GUIDE.ends().getFirst(), end('e', null, null))));

        // Then
        assertThat(rehearsal.writtenFor()).isEqualTo("abcde");
        assertThat(rehearsal.written).allMatch(RuleSet::isEmpty);

        // When: the next attachment comes before all is confirmed
        rehearsal.forgetWritten();
        rehearsal.apply(dpid('a'));
        rehearsal.confirm(dpid('a'));
        rehearsal.decide(decision(1, 5).admitted(withEnds(GUIDE, GUIDE.ends().getFirst(), end('e', "pong-2", 13))));

        // Then
        assertThat(rehearsal.writtenFor()).isEqualTo("abcde");
        assertThat(rehearsal.written).extracting(RuleSet::revision).containsOnly(new Revision(1, 5, 2));
        assertThat(rehearsal.applyAll().status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void neverSendsToThePortOfADetachedWorkloadWhileItsCircuitRetires() {
        // Given: an edit is in progress
        Replay rehearsal = live();
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE)).applyAll();

        // When: pong leaves and another workload takes its endpoint, at another port
        Circuit taken = withEnds(EDITED, EDITED.ends().getFirst(), end('e', "pong-2", 13));
        Circuit left = withEnds(GUIDE, GUIDE.ends().getFirst(), end('e', null, null));
        rehearsal.decide(decision(2, 5).admitted(taken).retiring(left));

        // Then: no traffic can be harmed, so the new rules are installed at once
        assertThat(rehearsal.wanted('e')).isEqualTo(Compiled.rules(taken).get(dpid('e')));
        assertThat(rehearsal.wanted('c')).isEqualTo(SwitchRules.NONE);
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.CLEAR);
    }

    @Test
    void keepsOnlyLabelRulesThatLeadToAPresentWorkloadWhileTrafficDrains() {
        // Given: traffic is turned to the new path
        Replay rehearsal = live();
        rehearsal
                .decide(decision(2, 4).admitted(EDITED).retiring(GUIDE))
                .applyAll()
                .pass(Replay.SETTLING);
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.TURN);

        // When
        Circuit taken = withEnds(EDITED, EDITED.ends().getFirst(), end('e', "pong-2", 13));
        Circuit left = withEnds(GUIDE, GUIDE.ends().getFirst(), end('e', null, null));
        rehearsal.decide(decision(2, 5).admitted(taken).retiring(left));

        // Then
        assertThat(circuitsOf(rehearsal.wanted('e'), 200)).containsExactly(2L);
        assertThat(circuitsOf(rehearsal.wanted('c'), 200)).containsExactly(1L);
    }

    @Test
    void removesANetworkAndForgetsItWithItsDecision() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE));

        // Then
        assertThat(rehearsal.written).hasSize(5).allMatch(RuleSet::isEmpty);
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.pass(Duration.ofSeconds(1)).status().phase()).isEqualTo(Phase.REMOVING);

        // When
        rehearsal.applyAll();

        // Then
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(1L);

        // When
        rehearsal.decide(decision(2, 5).withdrawn()).deleteDecision();

        // Then
        assertThat(rehearsal.wanted).isEmpty();
        assertThat(rehearsal.hasStatus()).isFalse();
        assertThat(rehearsal.ledger().isFinished()).isTrue();
    }

    @Test
    void reportsACircuitWithoutRulesAsRemovedAtOnce() {
        Circuit waiting = withEnds(GUIDE, end('a', "ping", 11), end('e', null, null));
        Replay rehearsal = new Replay()
                .decide(decision(1, 1).admitted(waiting))
                .decide(decision(2, 2).withdrawn().retiring(waiting));

        assertThat(rehearsal.written).isEmpty();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void installsARecreatedNetworkAtOnceWhileTheOldOneIsBeingRemoved() {
        // Given
        Replay rehearsal = live();
        rehearsal.decide(decision(2, 4).withdrawn().retiring(GUIDE));
        rehearsal.apply(dpid('c'));
        rehearsal.confirm(dpid('c'));

        // When
        Circuit created = circuit(2, 3, "acde", "edba", 20_000_000L);
        rehearsal.decide(decision(3, 5).admitted(created).retiring(GUIDE));

        // Then
        assertThat(rehearsal.wanted('a')).isEqualTo(Compiled.rules(created).get(dpid('a')));
        assertThat(rehearsal.status().removedCircuits()).isEmpty();
        rehearsal.applyAll();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.READY);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void movesInStagesWhenTheOldOneIsStillLiveAtRecreation() {
        // Given: removed and declared again before anything acted on the removal
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(3, 5).admitted(EDITED).retiring(GUIDE));

        // Then
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.PREPARE);
    }

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
        assertThat(circuitsOf(rehearsal.wanted('e'), 100)).containsExactly(2L);
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
        assertThat(circuitsOf(rehearsal.wanted('a'), 100))
                .as("still the old one")
                .containsExactly(1L);
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

    /** The guide's network, confirmed by all. */
    private static Replay live() {
        Replay rehearsal = new Replay().decide(decision(1, 3).admitted(GUIDE)).applyAll();
        rehearsal.forgetWritten();
        return rehearsal;
    }

    private static List<Long> circuitsOf(SwitchRules rules, int priority) {
        return rules.rules().stream()
                .filter(rule -> rule.priority() == priority)
                .map(Rule::cookie)
                .map(cookie -> cookie.circuit())
                .sorted()
                .toList();
    }
}
