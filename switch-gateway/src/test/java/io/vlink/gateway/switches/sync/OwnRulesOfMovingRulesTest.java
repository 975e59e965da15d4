package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.in;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.links;
import static io.vlink.gateway.switches.Replay.set;
import static io.vlink.gateway.switches.Replay.transit;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's own rules while rules of networks move to another table, or wait for their place. */
class OwnRulesOfMovingRulesTest extends OwnRulesFixture {

    /**
     * An upgrade rewrites one rule set after the other, possibly the waiting network's before the one of the place's
     * owner.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepAPlaceForItsOwnerWhicheverTablesBothNetworksUse(boolean shared) {
        // Given
        Rule hasIt = ingress(1, 1, 7);
        Rule waits = ingress(2, 1, 8);
        Rule elsewhere = ingress(2, 5, 8);
        Replay replay = finalisedFor(1);
        replay.foreign = shared ? List.of(NORMAL) : List.of();
        replay.connectAndObey()
                .put(set("a", 1, 7, hasIt))
                .put(set("b", 1, 8, waits, elsewhere))
                .obey();
        assertTaken(replay, "b");
        // When
        replay.put(set("b", 2, 8, in(Table.FORWARDING, waits), in(Table.FORWARDING, elsewhere)))
                .obey();
        // Then
        assertTaken(replay, "b");
        assertThat(replay.rules).containsKey(slot(hasIt)).doesNotContainKey(slot(in(Table.FORWARDING, waits)));
        // When: the next gateway reads both, the waiting one first
        Replay next = next(replay, 1);
        next.put(set("b", 2, 8, in(Table.FORWARDING, waits), in(Table.FORWARDING, elsewhere)))
                .put(set("a", 1, 7, hasIt))
                .connectAndObey();
        // Then
        assertTaken(next, "b");
        assertApplied(next, "a");
        assertThat(standing(next, slot(hasIt)).cookie().circuit()).isEqualTo(1);
        // When: the owner's set moves to the table too, and the next gateway reads it last
        Replay last = next(next, 1);
        last.put(set("b", 2, 8, in(Table.FORWARDING, waits), in(Table.FORWARDING, elsewhere)))
                .put(set("a", 2, 7, in(Table.FORWARDING, hasIt)))
                .connectAndObey();
        // Then
        assertTaken(last, "b");
        assertApplied(last, "a");
        assertThat(standing(last, slot(in(Table.FORWARDING, hasIt))).cookie().circuit())
                .isEqualTo(1);
        // When: the owner gives up the place
        last.put(set("a", 3, 0)).obey();
        // Then
        assertApplied(last, "b");
        assertThat(standing(last, slot(in(Table.FORWARDING, waits))).cookie().circuit())
                .isEqualTo(2);
    }

    private static void assertTaken(Replay replay, String network) {
        assertThat(replay.states)
                .filteredOn(state -> state.owner().equals(id(network)))
                .last()
                .extracting(RuleState::reason)
                .isEqualTo("RuleTaken");
    }

    @Test
    void areInstalledBeforeARuleMovesToAnotherTable() {
        // Given
        Replay before = finalisedFor(0)
                .put(set("n", 1, 7, in(Table.CLASSIFY, INGRESS), in(Table.CLASSIFY, TRANSIT)))
                .connectAndObey();
        // When: the gateway is restarted first, and then flow-service
        Replay replay = next(before, 1);
        replay.put(set("n", 1, 7, in(Table.CLASSIFY, INGRESS), in(Table.CLASSIFY, TRANSIT)))
                .connectAndObey();
        assertThat(replay.changes).hasSize(1);
        replay.put(set("n", 1, 7, INGRESS, TRANSIT)).obey();
        // Then: a single change, for the network
        assertThat(replay.changes).hasSize(2);
        OwnerChange moved = replay.changes.getLast();
        assertThat(moved.putRules()).hasSize(2).allMatch(rule -> !rule.key().isInTheFirst());
        assertThat(moved.removeRules()).hasSize(2).allMatch(RuleKey::isInTheFirst);
        assertThat(moved.addMeters()).isEmpty();
        assertThat(moved.removeMeters()).isEmpty();
        assertThat(replay.rules.keySet())
                .containsExactlyInAnyOrder(slot(INGRESS), slot(TRANSIT), FOR_ALL.get(0), FOR_ALL.get(1));
        assertThat(replay.states).allMatch(RuleState::applied);
    }

    /** After the finalisation best effort must use the meters of links, which path-service may request later. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepARuleInTheFirstTableUntilTheMeterOfItsSuccessorIsInstalled(boolean shared) {
        // Given
        Rule then = transit(1, 2, 100);
        int meter = LinkMeter.of(PortNumber.of(9)).orElseThrow();
        Rule now = new Rule(
                then.cookie(),
                then.priority(),
                then.match(),
                List.of(new Action.ApplyMeter(meter), new Action.Output(PortNumber.of(9))),
                Table.FORWARDING);
        Replay replay = next(finalisedFor(0).put(set("n", 1, 0, then)).connectAndObey(), 1);
        replay.foreign = shared ? List.of(NORMAL) : List.of();
        // When
        replay.put(set("n", 2, 0, now)).connectAndObey();
        // Then
        assertThat(standing(replay, slot(then)).cookie()).isEqualTo(then.cookie());
        assertThat(replay.rules).doesNotContainKey(slot(now));
        assertThat(replay.states).noneMatch(RuleState::applied);
        // When
        replay.put(links(9, 1, 780_000)).obey();
        // Then
        assertThat(standing(replay, slot(now)).actions()).contains(new FlowAction.ThroughMeter(meter));
        if (shared) {
            assertThat(standing(replay, lead(now)).cookie().isOfGateway()).isTrue();
        } else {
            assertThat(replay.rules).doesNotContainKey(slot(then));
        }
        assertApplied(replay, "n");
    }

    /** Otherwise its frames would bypass foreign rules without reaching any rule. */
    @Test
    void sendNoFramesToARuleThatWaitsForALinksMeter() {
        // Given
        Replay replay = finalisedFor(1);
        replay.foreign = List.of(NORMAL);
        Rule waiting = in(
                Table.FORWARDING, ingress(1, 1, LinkMeter.of(PortNumber.of(9)).orElseThrow()));
        // When
        replay.put(set("n", 1, 0, waiting, TRANSIT)).connectAndObey();
        // Then
        assertThat(replay.rules).containsOnlyKeys(slot(TRANSIT), lead(TRANSIT));
        // When
        replay.put(links(9, 1, 780_000)).obey();
        // Then
        assertThat(replay.rules).containsOnlyKeys(slot(TRANSIT), lead(TRANSIT), slot(waiting), lead(waiting));
    }

    @Test
    void replaceARuleThatMovesToAnotherTable() {
        // Given
        Replay before =
                finalisedFor(0).put(set("n", 1, 7, in(Table.CLASSIFY, INGRESS))).connectAndObey();
        before.foreign = List.of(NORMAL);
        // When
        Replay replay = next(before, 1).put(set("n", 1, 7, INGRESS)).connectAndObey();
        // Then: no rule is removed, as the gateway's own replaces it
        assertThat(replay.changes).singleElement().satisfies(change -> {
            assertThat(change.putRules())
                    .extracting(WantedRule::key)
                    .containsExactly((RuleKey.Parsed) slot(INGRESS), (RuleKey.Parsed) lead(INGRESS));
            assertThat(change.removeRules()).isEmpty();
        });
    }

    /** On a bridge with foreign rules. */
    @Test
    void areRemovedWithAnotherNetworksRuleInThePlaceOfAWaitingOne() {
        // Given
        Replay before = finalisedFor(1);
        before.foreign = List.of(NORMAL);
        before.put(set("before", 1, 7, INGRESS)).connectAndObey();
        assertThat(before.rules).containsKeys(slot(INGRESS), lead(INGRESS));
        // When: the next gateway knows only the port's new network, which waits for a link's meter
        Replay next = next(before, 1);
        Rule waits = in(
                Table.FORWARDING, ingress(2, 1, LinkMeter.of(PortNumber.of(9)).orElseThrow()));
        next.put(set("next", 1, 0, waits)).connectAndObey();
        // Then
        assertThat(next.rules).doesNotContainKeys(slot(INGRESS), lead(INGRESS));
        // When
        next.put(links(9, 1, 1_000)).obey();
        // Then
        assertThat(standing(next, slot(INGRESS)).cookie().circuit()).isEqualTo(2);
        assertThat(standing(next, lead(INGRESS)).cookie().circuit()).isEqualTo(2);
        assertApplied(next, "next");
    }

    /**
     * The rule stays in the first table until its successor can be written, together with the rule that sends frames
     * there.
     */
    @Test
    void waitForASuccessorInAnotherTableAcrossARestart() {
        // Given
        Replay before = finalisedFor(0).put(set("n", 1, 7, ingress(1, 1, 7))).connectAndObey();
        // When
        Replay next = next(before, 1);
        next.foreign = List.of(NORMAL);
        Rule waits = in(
                Table.FORWARDING, ingress(1, 1, LinkMeter.of(PortNumber.of(9)).orElseThrow()));
        next.put(set("n", 2, 0, waits)).connectAndObey();
        // Then
        assertThat(standing(next, slot(ingress(1, 1, 7))).meters()).containsExactly(7L);
        assertThat(next.meters).containsOnlyKeys(7L);
        assertThat(next.rules).doesNotContainKey(slot(waits));
        // When
        next.put(links(9, 1, 1_000)).obey();
        // Then
        assertThat(standing(next, lead(waits)).cookie().isOfGateway()).isTrue();
        assertThat(next.rules).containsKey(slot(waits));
        assertThat(next.takenAlong).isZero();
    }

    /** On a bridge where foreign rules appear, and the table has no room for twice the rules. */
    @Test
    void sendOnAllFramesWhileARuleDependsOnThat() {
        // Given
        Rule other = in(Table.FORWARDING, ingress(2, 3, 8));
        Replay replay = finalisedFor(1)
                .put(set("n", 1, 7, INGRESS, TRANSIT))
                .put(set("m", 1, 8, other))
                .connectAndObey();
        RuleKey forged = new RuleKey.Parsed(Table.CLASSIFY, 500, Match.All.FRAMES);
        // When
        replay.refusedPuts.put(id("n"), "FLOW_MOD_FAILED TABLE_FULL");
        replay.foreign = List.of(NORMAL);
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.rules).containsKeys(slot(INGRESS), slot(TRANSIT), slot(other), lead(other));
        assertThat(replay.rules.keySet()).containsAll(FOR_ALL).doesNotContain(lead(INGRESS), lead(TRANSIT));
        // When: a forged rule for every frame is added
        replay.rules.put(
                forged,
                new InstalledRule(
                        forged, Cookie.of(Cookie.CookieKind.FORWARDING, 9, Direction.FORWARD), List.of(), 0, 0));
        replay.later(Duration.ofSeconds(3)).obey();
        // Then
        assertThat(replay.rules.keySet()).containsAll(FOR_ALL).doesNotContain(forged);
        // When: there is room
        replay.refusedPuts.clear();
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.rules)
                .containsOnlyKeys(slot(INGRESS), lead(INGRESS), slot(TRANSIT), lead(TRANSIT), slot(other), lead(other));
        assertApplied(replay, "n");
    }

    @Test
    void sendOnAllFramesWhileANetworkWithRulesThereWaitsForAnother() {
        // Given
        Rule rival = in(Table.FORWARDING, ingress(2, 3, 8));
        Replay replay = finalisedFor(1)
                .put(set("n", 1, 7, INGRESS))
                .put(set("m", 1, 8, rival))
                .connectAndObey();
        replay.put(set("n", 2, 7, INGRESS, in(Table.FORWARDING, ingress(1, 3, 7))))
                .obey();
        assertTaken(replay, "n");
        // When
        replay.foreign = List.of(NORMAL);
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.rules.keySet()).containsAll(FOR_ALL).contains(slot(INGRESS), slot(rival), lead(rival));
        // When
        replay.put(set("n", 3, 7, INGRESS)).obey();
        // Then
        assertThat(replay.rules).containsOnlyKeys(slot(INGRESS), lead(INGRESS), slot(rival), lead(rival));
    }

    /** The rule in the first table must not stay once its successor sends frames elsewhere. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepNoRuleInTheFirstTableThatSendsByAPortItsCircuitHasLeft(boolean shared) {
        // Given
        Rule then = transit(1, 2, 100);
        int meter = LinkMeter.of(PortNumber.of(12)).orElseThrow();
        Rule now = new Rule(
                then.cookie(),
                then.priority(),
                then.match(),
                List.of(new Action.ApplyMeter(meter), new Action.Output(PortNumber.of(12))),
                Table.FORWARDING);
        Replay replay = next(finalisedFor(0).put(set("n", 1, 0, then)).connectAndObey(), 1);
        replay.foreign = shared ? List.of(NORMAL) : List.of();
        // When
        replay.put(set("n", 2, 0, now)).connectAndObey();
        // Then
        assertThat(replay.rules).doesNotContainKeys(slot(then), slot(now));
        // When
        replay.put(links(12, 1, 780_000)).obey();
        // Then
        assertThat(replay.rules).containsKey(slot(now));
        assertThat(replay.rules.containsKey(lead(now))).isEqualTo(shared);
    }

    /** The same if the switch refuses the successor. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepNoSuchRuleIfTheSwitchRefusesItsSuccessor(boolean shared) {
        // Given
        Rule then = transit(1, 2, 100);
        Rule now = new Rule(
                then.cookie(),
                then.priority(),
                then.match(),
                List.of(new Action.Output(PortNumber.of(12))),
                Table.FORWARDING);
        Replay replay = next(finalisedFor(0).put(set("n", 1, 0, then)).connectAndObey(), 1);
        replay.foreign = shared ? List.of(NORMAL) : List.of();
        replay.refusedPuts.put(id("n"), "FLOW_MOD_FAILED TABLE_FULL");
        // When
        replay.put(set("n", 2, 0, now)).connectAndObey();
        // Then
        assertThat(replay.rules).doesNotContainKeys(slot(then), slot(now));
    }
}
