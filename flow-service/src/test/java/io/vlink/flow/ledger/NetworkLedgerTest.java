package io.vlink.flow.ledger;

import static io.vlink.flow.sample.LiveNetwork.GUIDE;
import static io.vlink.flow.sample.LiveNetwork.live;
import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.end;
import static io.vlink.flow.sample.Sample.withEnds;
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
        Replay rehearsal = new Replay()
                .decide(decision(1, 1).admitted(withEnds(GUIDE, end('a', null, null), end('e', null, null))))
                .decide(decision(1, 2).admitted(withEnds(GUIDE, end('a', "ping", 11), end('e', null, null))))
                .decide(decision(1, 3).admitted(withEnds(GUIDE, end('a', "ping", 11), end('e', "pong", null))));

        assertThat(rehearsal.written).isEmpty();
        assertThat(rehearsal.status().phase()).isEqualTo(Phase.WAITING);
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
}
