package io.vlink.flow.ledger;

import static io.vlink.flow.sample.LiveNetwork.EDITED;
import static io.vlink.flow.sample.LiveNetwork.GUIDE;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.end;
import static io.vlink.flow.sample.Sample.withEnds;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.compile.SwitchRules;
import io.vlink.flow.sample.Compiled;
import io.vlink.flow.sample.Replay;
import io.vlink.flow.sample.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests by replay in which stages a live network changes. */
class EditedNetworkTest {

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
    void preparesTurnsAndClearsWhenALiveNetworkIsEdited() {
        // Given
        Replay rehearsal = live();

        // When
        rehearsal.decide(decision(2, 4).admitted(EDITED).retiring(GUIDE));

        // Then: label rules of the new path beside the old; the ingress is still the old
        assertThat(rehearsal.writtenFor()).isEqualTo("abe");
        assertThat(rehearsal.written).extracting(RuleSet::revision).containsOnly(new Revision(2, 4, 0));
        assertThat(rehearsal.circuitsWanted('a', 100)).containsExactly(1L);
        assertThat(rehearsal.circuitsWanted('a', 200)).containsExactly(1L, 2L);

        // When
        rehearsal.forgetWritten();
        rehearsal.applyAll().pass(Replay.SETTLING);

        // Then: only the ingress changes
        assertThat(rehearsal.writtenFor()).isEqualTo("ae");
        assertThat(rehearsal.written).extracting(RuleSet::revision).containsOnly(new Revision(2, 4, 1));
        assertThat(rehearsal.circuitsWanted('a', 100)).containsExactly(2L);
        assertThat(rehearsal.circuitsWanted('a', 200)).containsExactly(1L, 2L);
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
        assertThat(rehearsal.circuitsWanted('e', 200)).containsExactly(2L);
        assertThat(rehearsal.circuitsWanted('c', 200)).containsExactly(1L);
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
}
