package io.vlink.flow.ledger;

import static io.vlink.flow.sample.LiveNetwork.GUIDE;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.endpoint;
import static io.vlink.flow.sample.Sample.withEndpoints;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.Route;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.Phase;
import io.vlink.flow.compile.SwitchRules;
import io.vlink.flow.sample.Compiled;
import io.vlink.flow.sample.Replay;
import io.vlink.flow.sample.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests by replay which records are written when. */
class NetworkLedgerTest {

    @Test
    void writesNothingBeforeBothEndpointsAreAttached() {
        // When
        Replay replay = new Replay()
                .decide(decision(1, 1)
                        .admitted(withEndpoints(GUIDE, endpoint('a', null, null), endpoint('e', null, null))))
                .decide(decision(1, 2)
                        .admitted(withEndpoints(GUIDE, endpoint('a', "ping", 11), endpoint('e', null, null))))
                .decide(decision(1, 3)
                        .admitted(withEndpoints(GUIDE, endpoint('a', "ping", 11), endpoint('e', "pong", null))));

        // Then
        assertThat(replay.written).isEmpty();
        assertThat(replay.status().phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void reportsTheRulesAtARenumberedPortAsRemovedOnceTheSwitchesConfirmTheNewOnes() {
        // Given
        Circuit one = circuit(1, 1, "ab", "ba", null);
        Replay replay = new Replay().decide(decision(1, 1).admitted(one)).settle();

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
                List.of(endpoint('a', null, null), endpoint('b', null, null)),
                List.of(
                        new Route(null, List.of(there), null, 0, null),
                        new Route(null, List.of(nothing), null, 0, null)));
        replay.decide(
                decision(1, 2).admitted(moved).removingAlso(new CircuitRemoval(former, Sample.START, false, true, 1L)));

        // Then
        assertThat(replay.status().removedCircuits()).isEmpty();
        replay.applyAll();
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.status().removedCircuits()).containsExactly(2L);
    }

    @Test
    void reportsALoweredRateAsReleasedOnceTheMeteringSwitchConfirms() {
        // Given
        Replay replay = new Replay().decide(decision(1, 1).admitted(GUIDE)).settle();
        replay.dropWritten();

        // When
        Hop first = new Hop(0, "node-a", dpid('a'), List.of(), List.of());
        Circuit former = new Circuit(
                2,
                1,
                List.of(endpoint('a', null, null), endpoint('e', null, null)),
                List.of(
                        new Route(null, List.of(first), 20_000_000L, 0, null),
                        new Route(null, List.of(first), null, 0, null)));
        replay.decide(decision(2, 2)
                .admitted(circuit(1, 2, "acde", "edba", 10_000_000L))
                .removingAlso(new CircuitRemoval(former, Sample.START, false, true, 1L)));

        // Then
        assertThat(replay.writtenFor()).isEqualTo("a");
        assertThat(replay.status().removedCircuits()).isEmpty();
        replay.restart();
        assertThat(replay.status().removedCircuits()).isEmpty();
        replay.applyAll();
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.status().removedCircuits()).containsExactly(2L);
    }

    private static Lane at40(Lane lane) {
        return lane.at(lane.outPort(), null, PortNumber.of(40), null);
    }

    @Test
    void writesForAllSwitchesAtOnceWhenNothingIsLive() {
        // When
        Replay replay = new Replay().decide(decision(1, 3).admitted(GUIDE));

        // Then
        assertThat(replay.written)
                .extracting(RuleSet::datapathId)
                .containsExactly(dpid('a'), dpid('b'), dpid('c'), dpid('d'), dpid('e'));
        assertThat(replay.written).extracting(RuleSet::revision).containsOnly(new Revision(1, 3, 2));
        Compiled.rules(GUIDE).forEach((datapathId, rules) -> assertThat(replay.written)
                .filteredOn(set -> set.datapathId().equals(datapathId))
                .extracting(SwitchRules::of)
                .containsExactly(rules));
    }

    /** Every replay checks by itself that the skipped confirmations have no consequences. */
    @Test
    void actsOnlyOnTheLastOfAllConfirmations() {
        Replay replay = new Replay().decide(decision(1, 3).admitted(GUIDE));

        for (char node : "abcde".toCharArray()) {
            replay.apply(dpid(node));
            replay.confirm(dpid(node));
        }

        assertThat(replay.passedOver()).isEqualTo(4);
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);

        // When
        replay.decide(decision(2, 4).withdrawn().removing(GUIDE)).applyAll();

        // Then
        assertThat(replay.passedOver()).isEqualTo(8);
        assertThat(replay.status().phase()).isEqualTo(Phase.REMOVED);
    }

    @Test
    void actsAtOnceOnASwitchThatRejects() {
        Replay replay = new Replay().decide(decision(1, 3).admitted(GUIDE));

        replay.fail('c', RuleStateReason.METER_TAKEN, "Meter 1 is taken");

        assertThat(replay.passedOver()).isZero();
        assertThat(replay.condition(Condition.Type.PROGRAMMED).reason()).isEqualTo("MeterTaken");
    }

    @Test
    void removesAllRulesWhenAnEndpointIsDetachedAndInstallsThemForTheNextAttachment() {
        // Given
        Replay replay = live();

        // When
        replay.decide(
                decision(1, 4).admitted(withEndpoints(GUIDE, GUIDE.endpoints().getFirst(), endpoint('e', null, null))));

        // Then
        assertThat(replay.writtenFor()).isEqualTo("abcde");
        assertThat(replay.written).allMatch(RuleSet::isEmpty);

        // When: the next attachment comes before all is confirmed
        replay.dropWritten();
        replay.apply(dpid('a'));
        replay.confirm(dpid('a'));
        replay.decide(decision(1, 5)
                .admitted(withEndpoints(GUIDE, GUIDE.endpoints().getFirst(), endpoint('e', "pong-2", 13))));

        // Then
        assertThat(replay.writtenFor()).isEqualTo("abcde");
        assertThat(replay.written).extracting(RuleSet::revision).containsOnly(new Revision(1, 5, 2));
        assertThat(replay.applyAll().status().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void removesANetworkAndDropsItWithItsDecision() {
        // Given
        Replay replay = live();

        // When
        replay.decide(decision(2, 4).withdrawn().removing(GUIDE));

        // Then
        assertThat(replay.written).hasSize(5).allMatch(RuleSet::isEmpty);
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        assertThat(replay.pass(Duration.ofSeconds(1)).status().phase()).isEqualTo(Phase.REMOVING);

        // When
        replay.applyAll();

        // Then
        assertThat(replay.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(replay.status().removedCircuits()).containsExactly(1L);

        // When
        replay.decide(decision(2, 5).withdrawn()).deleteDecision();

        // Then
        assertThat(replay.wanted).isEmpty();
        assertThat(replay.hasStatus()).isFalse();
        assertThat(replay.ledger().isFinished()).isTrue();
    }

    @Test
    void reportsACircuitWithoutRulesAsRemovedAtOnce() {
        Circuit waiting = withEndpoints(GUIDE, endpoint('a', "ping", 11), endpoint('e', null, null));
        Replay replay = new Replay()
                .decide(decision(1, 1).admitted(waiting))
                .decide(decision(2, 2).withdrawn().removing(waiting));

        assertThat(replay.written).isEmpty();
        assertThat(replay.status().phase()).isEqualTo(Phase.REMOVED);
        assertThat(replay.status().removedCircuits()).containsExactly(1L);
    }
}
