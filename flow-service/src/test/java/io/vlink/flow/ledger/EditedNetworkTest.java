package io.vlink.flow.ledger;

import static io.vlink.flow.sample.LiveNetwork.EDITED;
import static io.vlink.flow.sample.LiveNetwork.GUIDE;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.endpoint;
import static io.vlink.flow.sample.Sample.withEndpoints;
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
        Replay replay = new Replay().decide(decision(1, 1).admitted(GUIDE)).settle();

        // When
        replay.decide(decision(2, 2)
                .admitted(EDITED)
                .removingAlso(new CircuitRemoval(GUIDE, Sample.START, false, true, null)));

        // Then
        assertThat(replay.ledger().stage()).isEqualTo(Stage.CLEAN_UP);
        assertThat(replay.status().conditions())
                .noneMatch(said -> said.message().contains("traffic takes the old"));
        replay.applyAll();
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.status().removedCircuits()).containsExactly(GUIDE.number());
    }

    @Test
    void advancesAtOnceWhenTheReplacedCircuitDies() {
        // Given
        Replay replay = new Replay()
                .decide(decision(1, 1).admitted(GUIDE))
                .settle()
                .decide(decision(2, 2).admitted(EDITED).removing(GUIDE));
        assertThat(replay.ledger().stage()).isEqualTo(Stage.PREPARE);

        // When
        replay.decide(decision(2, 3)
                .admitted(EDITED)
                .removingAlso(new CircuitRemoval(GUIDE, Sample.START, false, true, null)));

        // Then
        assertThat(replay.ledger().stage()).isEqualTo(Stage.CLEAN_UP);
    }

    @Test
    void preparesSwitchesOverAndCleansUpWhenALiveNetworkIsEdited() {
        // Given
        Replay replay = live();

        // When
        replay.decide(decision(2, 4).admitted(EDITED).removing(GUIDE));

        // Then: label rules of the new path beside the old; the ingress is still the old
        assertThat(replay.writtenFor()).isEqualTo("abe");
        assertThat(replay.written).extracting(RuleSet::revision).containsOnly(new Revision(2, 4, 0));
        assertThat(replay.circuitsWanted('a', 100)).containsExactly(1L);
        assertThat(replay.circuitsWanted('a', 200)).containsExactly(1L, 2L);

        // When
        replay.dropWritten();
        replay.applyAll().pass(Replay.SETTLING);

        // Then: only the ingress changes
        assertThat(replay.writtenFor()).isEqualTo("ae");
        assertThat(replay.written).extracting(RuleSet::revision).containsOnly(new Revision(2, 4, 1));
        assertThat(replay.circuitsWanted('a', 100)).containsExactly(2L);
        assertThat(replay.circuitsWanted('a', 200)).containsExactly(1L, 2L);
        assertThat(replay.wanted('a').meters()).isEmpty();

        // When
        replay.dropWritten();
        replay.applyAll().pass(Replay.SETTLING);

        // Then: only the new
        assertThat(replay.writtenFor()).isEqualTo("abcde");
        assertThat(replay.written).extracting(RuleSet::revision).containsOnly(new Revision(2, 4, 2));
        assertThat(replay.wanted('c')).isEqualTo(SwitchRules.NONE);
        assertThat(replay.wanted('a')).isEqualTo(Compiled.rules(EDITED).get(dpid('a')));
        assertThat(replay.status().removedCircuits()).isEmpty();

        // When
        replay.dropWritten();
        replay.applyAll().pass(Duration.ofHours(1));

        // Then
        assertThat(replay.written).isEmpty();
        assertThat(replay.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void waitsTheSettlingTimeAfterTheLastConfirmation() {
        // Given
        Replay replay = live();
        replay.decide(decision(2, 4).admitted(EDITED).removing(GUIDE));
        replay.dropWritten();
        replay.apply(dpid('a'));
        replay.confirm(dpid('a'));
        replay.apply(dpid('b'));
        replay.confirm(dpid('b'));

        // When
        replay.pass(Duration.ofSeconds(10));
        assertThat(replay.written).isEmpty();
        replay.applyAll();

        // Then
        replay.pass(Replay.SETTLING.minusMillis(1));
        assertThat(replay.written).isEmpty();
        replay.pass(Duration.ofMillis(1));
        assertThat(replay.writtenFor()).isEqualTo("ae");
    }

    @Test
    void needsOnlyTheSwitchesOfTheNewPathToLeaveADeadSwitch() {
        // Given: node-d is gone
        Replay replay = live();
        replay.say('d', Switch.State.DISCONNECTED, "connection lost");

        // When
        replay.decide(decision(2, 4).admitted(EDITED).removing(GUIDE));
        for (int i = 0; i < 3; i++) {
            for (char node : "abce".toCharArray()) {
                if (replay.pending().contains(dpid(node))) {
                    replay.apply(dpid(node));
                    replay.confirm(dpid(node));
                }
            }
            replay.pass(Replay.SETTLING);
        }

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.status().removedCircuits()).isEmpty();
        assertThat(replay.pending()).containsExactly(dpid('d'));

        // When: it comes back, possibly after the quarantine began
        replay.say('d', Switch.State.CONNECTED, null);
        replay.applyAll();

        // Then
        assertThat(replay.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void changesRateAndPortsOfTheSameCircuitInPlace() {
        // Given
        Replay replay = live();

        // When
        Circuit slower = circuit(1, 2, "acde", "edba", 5_000_000L);
        replay.decide(decision(2, 4).admitted(slower));

        // Then
        assertThat(replay.writtenFor()).isEqualTo("a");
        assertThat(replay.wanted('a').meters()).containsExactly(new Meter(1, 5_000, 122));

        // When: another workload takes over the endpoint, at another port
        replay.dropWritten();
        replay.applyAll()
                .decide(decision(2, 5)
                        .admitted(withEndpoints(slower, slower.endpoints().getFirst(), endpoint('e', "pong-2", 13))));

        // Then
        assertThat(replay.writtenFor()).isEqualTo("e");
        assertThat(replay.written).extracting(RuleSet::revision).containsOnly(new Revision(2, 5, 2));
    }

    @Test
    void neverSendsToThePortOfADetachedWorkloadWhileItsCircuitIsBeingRemoved() {
        // Given: an edit is in progress
        Replay replay = live();
        replay.decide(decision(2, 4).admitted(EDITED).removing(GUIDE)).applyAll();

        // When: pong leaves and another workload takes its endpoint, at another port
        Circuit taken = withEndpoints(EDITED, EDITED.endpoints().getFirst(), endpoint('e', "pong-2", 13));
        Circuit left = withEndpoints(GUIDE, GUIDE.endpoints().getFirst(), endpoint('e', null, null));
        replay.decide(decision(2, 5).admitted(taken).removing(left));

        // Then: no traffic can be harmed, so the new rules are installed at once
        assertThat(replay.wanted('e')).isEqualTo(Compiled.rules(taken).get(dpid('e')));
        assertThat(replay.wanted('c')).isEqualTo(SwitchRules.NONE);
        assertThat(replay.ledger().stage()).isEqualTo(Stage.CLEAN_UP);
    }

    @Test
    void keepsOnlyLabelRulesThatLeadToAPresentWorkloadWhileTrafficDrains() {
        // Given: traffic is switched over to the new path
        Replay replay = live();
        replay.decide(decision(2, 4).admitted(EDITED).removing(GUIDE))
                .applyAll()
                .pass(Replay.SETTLING);
        assertThat(replay.ledger().stage()).isEqualTo(Stage.SWITCH_OVER);

        // When
        Circuit taken = withEndpoints(EDITED, EDITED.endpoints().getFirst(), endpoint('e', "pong-2", 13));
        Circuit left = withEndpoints(GUIDE, GUIDE.endpoints().getFirst(), endpoint('e', null, null));
        replay.decide(decision(2, 5).admitted(taken).removing(left));

        // Then
        assertThat(replay.circuitsWanted('e', 200)).containsExactly(2L);
        assertThat(replay.circuitsWanted('c', 200)).containsExactly(1L);
    }

    @Test
    void installsARecreatedNetworkAtOnceWhileTheOldOneIsBeingRemoved() {
        // Given
        Replay replay = live();
        replay.decide(decision(2, 4).withdrawn().removing(GUIDE));
        replay.apply(dpid('c'));
        replay.confirm(dpid('c'));

        // When
        Circuit created = circuit(2, 3, "acde", "edba", 20_000_000L);
        replay.decide(decision(3, 5).admitted(created).removing(GUIDE));

        // Then
        assertThat(replay.wanted('a')).isEqualTo(Compiled.rules(created).get(dpid('a')));
        assertThat(replay.status().removedCircuits()).isEmpty();
        replay.applyAll();
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.status().removedCircuits()).containsExactly(1L);
    }

    @Test
    void movesInStagesWhenTheOldOneIsStillLiveAtRecreation() {
        // Given: removed and declared again before anything acted on the removal
        Replay replay = live();

        // When
        replay.decide(decision(3, 5).admitted(EDITED).removing(GUIDE));

        // Then
        assertThat(replay.ledger().stage()).isEqualTo(Stage.PREPARE);
    }
}
