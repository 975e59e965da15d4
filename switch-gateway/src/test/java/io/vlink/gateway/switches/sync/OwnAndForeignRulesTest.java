package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.PortNumber;
import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.control.ForeignWatch;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.ForeignRule.Bits;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedRule;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's own rules next to foreign rules: one for all frames, or one for each rule of a network. */
class OwnAndForeignRulesTest extends OwnRulesFixture {

    // ---- foreign rules

    @Test
    void sendFramesToEachRuleSeparatelyNextToForeignRulesForTheSameFrames() {
        // Given
        Replay replay = finalisedFor(1);
        replay.foreign = List.of(NORMAL);
        // When
        replay.put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        // Then
        assertThat(replay.rules.keySet())
                .containsExactlyInAnyOrder(slot(INGRESS), lead(INGRESS), slot(TRANSIT), lead(TRANSIT));
        assertThat(standing(replay, lead(TRANSIT)).cookie())
                .isEqualTo(TRANSIT.cookie().ofGatewayFor());
        assertThat(standing(replay, lead(TRANSIT)).actions())
                .containsExactly(new FlowAction.GotoTable(Table.FORWARDING));
        assertApplied(replay, "n");
        // Then: they are not counted for the network
        replay.later(Duration.ofSeconds(3)).obey();
        assertThat(replay.all.stream().flatMap(effects -> effects.counters().stream()))
                .last()
                .satisfies(counters -> assertThat(counters.rules())
                        .extracting(rule -> rule.cookie().isOfGateway())
                        .containsExactly(false, false));
        // When
        replay.put(set("n", 2, 0)).obey();
        // Then
        assertThat(replay.rules).isEmpty();
    }

    /**
     * A frame without a rule in the first table is dropped there. It must not reach a foreign rule for all frames in a
     * later table.
     */
    @Test
    void sendFramesToEachRuleSeparatelyWithForeignRulesBehindTheFirstTable() {
        // Given
        Replay replay = finalisedFor(1);
        replay.foreign = List.of(
                new ForeignRule(Table.FORWARDING, 0, null, Bits.ANY, Bits.ANY, true, false),
                new ForeignRule(Pipeline.HIGHEST + 1, PortNumber.of(5), Bits.ANY, Bits.ANY, true));
        // When
        replay.put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        // Then
        assertThat(replay.rules).containsOnlyKeys(slot(INGRESS), lead(INGRESS), slot(TRANSIT), lead(TRANSIT));
        assertApplied(replay, "n");
    }

    @Test
    void sendFramesToEachRuleBeforeTheOneForAllIsRemoved() {
        // Given
        Replay replay = finalisedFor(1).put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        replay.changes.clear();
        // When: a foreign rule appears
        replay.foreign = List.of(NORMAL);
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.changes).hasSize(2);
        assertThat(replay.changes.getFirst().putRules())
                .extracting(WantedRule::key)
                .containsExactlyInAnyOrder((RuleKey.Parsed) lead(INGRESS), (RuleKey.Parsed) lead(TRANSIT));
        assertThat(replay.changes.getLast().removeRules()).containsExactlyInAnyOrderElementsOf(FOR_ALL);
        assertThat(replay.states).allMatch(RuleState::applied);
        // When: it is gone again
        replay.foreign = List.of();
        replay.later(Duration.ofSeconds(31)).obey();
        // Then: nothing changes in the middle of a session
        assertThat(replay.changes).hasSize(2);
        // When: another gateway takes over the switch
        Replay next = next(replay, 1).put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        // Then: the one for all is written, then the others are removed
        assertThat(next.changes).hasSize(2);
        assertThat(next.changes.getFirst().putRules()).hasSize(2).allMatch(rule -> rule.key()
                .isForAll());
        assertThat(next.changes.getLast().removeRules()).containsExactlyInAnyOrder(lead(INGRESS), lead(TRANSIT));
        assertThat(next.rules.keySet()).containsAll(FOR_ALL).hasSize(4);
    }

    @Test
    void sendFramesToEachRuleIfForeignRulesAreNotReadInTime() {
        // Given
        Replay replay = finalisedFor(1);
        replay.tellsOfOthers = false;
        // When
        replay.put(set("n", 1, 7, INGRESS)).connectAndObey();
        // Then
        assertThat(replay.rules).isEmpty();
        // When
        replay.later(ForeignWatch.PATIENCE).obey();
        // Then
        assertThat(replay.rules.keySet()).containsExactlyInAnyOrder(slot(INGRESS), lead(INGRESS));
        assertApplied(replay, "n");
    }

    @Test
    void doNotChangeBeforeForeignRulesAreRead() {
        for (List<ForeignRule> foreign : List.of(List.<ForeignRule>of(), List.of(NORMAL))) {
            // Given
            Replay before = finalisedFor(1);
            before.foreign = foreign;
            before.put(set("n", 1, 7, INGRESS)).connectAndObey();
            Set<RuleKey> standing = Set.copyOf(before.rules.keySet());
            // When
            Replay replay = next(before, 1);
            replay.tellsOfOthers = false;
            replay.put(set("n", 1, 7, INGRESS)).connectAndObey();
            // Then
            assertThat(replay.rules.keySet()).isEqualTo(standing);
            assertThat(replay.changes).isEmpty();
        }
    }

    /** After a gateway that ended between the two ways, with the rules of the switch in either order. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepSingleRulesUntilForeignRulesAreRead(boolean forAllComesFirst) {
        // Given: both kinds are installed
        Replay before = finalisedFor(1);
        before.foreign = List.of(new ForeignRule(150, null, Bits.ANY, Bits.ANY, true));
        before.put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        Replay next = finalisedFor(1);
        next.foreign = before.foreign;
        next.meters.putAll(before.meters);
        List<WantedRule> forAll = Pipeline.WHOLE.stream().map(WantedRule::of).toList();
        if (forAllComesFirst) {
            forAll.forEach(rule -> next.rules.put(rule.key(), rule.installed()));
        }
        next.rules.putAll(before.rules);
        forAll.forEach(rule -> next.rules.putIfAbsent(rule.key(), rule.installed()));
        // When
        next.put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        // Then
        assertThat(next.changes).flatMap(OwnerChange::removeRules).containsExactlyInAnyOrderElementsOf(FOR_ALL);
        assertThat(next.rules).containsOnlyKeys(slot(INGRESS), lead(INGRESS), slot(TRANSIT), lead(TRANSIT));
    }

    /** The previous gateway ended while it replaced the single ones by the one for all. */
    @Test
    void addNoSingleOnesIfBothKindsAreInstalledWithoutForeignRules() {
        // Given
        Replay before = finalisedFor(1);
        before.put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        Replay next = next(before, 1);
        WantedRule single = Objects.requireNonNull(WantedRule.of(INGRESS).lead());
        next.rules.put(single.key(), single.installed());
        // When
        next.put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        // Then
        assertThat(next.changes).flatMap(OwnerChange::putRules).isEmpty();
        assertThat(next.changes).flatMap(OwnerChange::removeRules).containsExactly(single.key());
        assertThat(next.rules.keySet()).isEqualTo(before.rules.keySet());
        assertApplied(next, "n");
    }

    /** Nothing is removed before foreign rules are known. */
    @Test
    void keepBothKindsUntilForeignRulesAreRead() {
        // Given
        Replay before = finalisedFor(1);
        before.put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        Replay next = next(before, 1);
        WantedRule single = Objects.requireNonNull(WantedRule.of(INGRESS).lead());
        next.rules.put(single.key(), single.installed());
        next.tellsOfOthers = false;
        // When
        next.put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        // Then
        assertThat(next.changes).isEmpty();
        // When
        next.later(ForeignWatch.PATIENCE).obey();
        // Then
        assertThat(next.rules).containsOnlyKeys(slot(INGRESS), lead(INGRESS), slot(TRANSIT), lead(TRANSIT));
    }
}
