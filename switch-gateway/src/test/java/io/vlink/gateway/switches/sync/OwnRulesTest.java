package io.vlink.gateway.switches.sync;

import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.possession.SuiteView;
import io.vlink.gateway.switches.possession.SuiteMarks;
import io.vlink.gateway.switches.control.ForeignWatch;
import io.vlink.gateway.switches.possession.Decision;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.entries.WantedRule;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.SuiteMarker;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.FlowAction;
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
import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.ForeignRule.Bits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's own rules that send frames to rules of networks: when they are written and removed. */
class OwnRulesTest {

    private static final String SUITE = "00000000000000aa";
    private static final Rule INGRESS = in(Table.FORWARDING, ingress(1, 1, 7));
    private static final Rule TRANSIT = in(Table.FORWARDING, transit(1, 2, 100));
    private static final List<RuleKey> FOR_ALL = Pipeline.WHOLE.stream()
            .<RuleKey>map(rule -> WantedRule.of(rule).slot())
            .toList();
    private static final ForeignRule NORMAL = new ForeignRule(0, null, Bits.ANY, Bits.ANY, true);

    private static Replay finalisedFor(int generation) {
        Replay replay = new Replay();
        replay.control.of(new SuiteView(SuiteMarks.of(SUITE, generation, 1), 0));
        return replay;
    }

    private static RuleKey slot(Rule rule) {
        return WantedRule.of(rule).slot();
    }

    private static RuleKey lead(Rule rule) {
        return new RuleKey.Parsed(Table.CLASSIFY, rule.priority(), rule.match());
    }

    private static InstalledRule standing(Replay replay, RuleKey slot) {
        return Objects.requireNonNull(replay.rules.get(slot), slot::toString);
    }

    /** Returns another gateway of the same suite that takes over the switch. */
    private static Replay next(Replay before, int generation) {
        Replay next = finalisedFor(generation);
        next.rules.putAll(before.rules);
        next.meters.putAll(before.meters);
        next.markers.addAll(before.markers);
        next.foreign = before.foreign;
        return next;
    }

    private static void assertApplied(Replay replay, String network) {
        assertThat(replay.states)
                .filteredOn(state -> state.owner().equals(id(network)))
                .extracting(RuleState::applied)
                .last()
                .isEqualTo(true);
    }

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
    void areInstalledBeforeTheFirstRuleThatReliesOnThem() {
        // Given
        Replay replay = finalisedFor(1);
        // When
        replay.put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        // Then
        assertThat(replay.changes).hasSize(2);
        assertThat(replay.changes.getFirst().owner()).isNull();
        assertThat(replay.changes.getFirst().putRules())
                .extracting(WantedRule::slot)
                .containsExactlyElementsOf(
                        FOR_ALL.stream().map(RuleKey.Parsed.class::cast).toList());
        assertThat(replay.rules.keySet()).contains(slot(INGRESS), slot(TRANSIT)).hasSize(4);
        assertApplied(replay, "n");
        assertThat(replay.control.counts().installedRules()).as("of networks").isEqualTo(2);
        // When: more come
        replay.put(set("m", 1, 8, in(Table.FORWARDING, ingress(2, 3, 8)))).obey();
        // Then
        assertThat(replay.changes).hasSize(3);
    }

    @Test
    void areInstalledInASwitchThatNoNetworkUsesYet() {
        Replay replay = finalisedFor(1).connectAndObey();

        assertThat(replay.rules).containsOnlyKeys(FOR_ALL);
    }

    @Test
    void areNotWrittenInASuiteThatIsNotFinalised() {
        Replay replay = finalisedFor(0).put(set("n", 1, 7, ingress(1, 1, 7))).connectAndObey();

        assertThat(replay.rules).containsOnlyKeys(slot(ingress(1, 1, 7)));
    }

    @Test
    void areWrittenByAGatewayThatHasNotHeardOfTheFinalisationYet() {
        // Given
        Replay replay = finalisedFor(0).connectAndObey();
        assertThat(replay.rules).isEmpty();
        // When
        replay.put(set("n", 1, 7, INGRESS)).obey();
        // Then
        assertThat(replay.changes.getFirst().owner()).isNull();
        assertThat(replay.rules.keySet()).containsAll(FOR_ALL).contains(slot(INGRESS));
        assertApplied(replay, "n");
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
        assertThat(moved.putRules()).hasSize(2).allMatch(rule -> !rule.slot().isInTheFirst());
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
    void areRepairedAndForgedOnesAreRemoved() {
        // Given
        Replay replay = finalisedFor(1).put(set("n", 1, 7, INGRESS)).connectAndObey();
        RuleKey forged = new RuleKey.Parsed(Table.CLASSIFY, 500, Match.All.FRAMES);
        replay.rules.put(
                forged,
                new InstalledRule(
                        forged, Cookie.of(Cookie.CookieKind.FORWARDING, 9, Direction.FORWARD), List.of(), 0, 0));
        RuleKey other = FOR_ALL.getLast();
        replay.rules.put(
                other,
                new InstalledRule(
                        other, Cookie.of(Cookie.CookieKind.FORWARDING, 9, Direction.FORWARD), List.of(), 0, 0));
        replay.rules.remove(FOR_ALL.getFirst());
        // When
        replay.later(Duration.ofSeconds(3)).obey();
        // Then
        assertThat(replay.rules.keySet()).containsExactlyInAnyOrder(slot(INGRESS), FOR_ALL.get(0), FOR_ALL.get(1));
        assertThat(standing(replay, other).cookie()).isEqualTo(Cookie.ofGateway());
        assertThat(replay.all)
                .flatMap(SwitchEffects::notes)
                .extracting(SwitchEffects.Note::text)
                .anyMatch(text -> text.contains("3 of the gateway's own"));
        // When: nothing is left to do
        int changes = replay.changes.size();
        replay.later(Duration.ofSeconds(3)).obey();
        // Then
        assertThat(replay.changes).hasSize(changes);
    }

    @Test
    void areRemovedByClearAndWrittenAgain() {
        // Given
        Replay replay = finalisedFor(1);
        replay.markers.add(new SuiteMarker("00000000000000bb", 7));
        replay.put(set("n", 1, 7, INGRESS)).connectAndObey();
        assertThat(replay.rules).isEmpty();
        // When
        SwitchEffects effects = new SwitchEffects();
        replay.control.decide(Decision.CLEAR, effects, replay.now);
        replay.commands.addAll(effects.commands());
        replay.act().obey();
        // Then
        assertThat(replay.rules.keySet()).containsAll(FOR_ALL).contains(slot(INGRESS));
        assertApplied(replay, "n");
    }

    @Test
    void leaveNetworksUnchangedIfTheSwitchRefusesThem() {
        // Given
        Replay before =
                finalisedFor(0).put(set("n", 1, 7, in(Table.CLASSIFY, INGRESS))).connectAndObey();
        Replay replay = next(before, 1);
        replay.refusesLeads = "FLOW_MOD_FAILED BAD_TABLE_ID";
        // When
        replay.put(set("n", 2, 7, INGRESS))
                .put(set("old", 1, 8, ingress(2, 3, 8)))
                .connectAndObey();
        // Then: installed rules stay, rules of the first table are written, and the other network gets the reason
        assertThat(replay.rules.keySet())
                .containsExactlyInAnyOrder(slot(in(Table.CLASSIFY, INGRESS)), slot(ingress(2, 3, 8)));
        assertApplied(replay, "old");
        assertThat(replay.states)
                .filteredOn(state -> state.owner().equals(id("n")))
                .last()
                .satisfies(state -> {
                    assertThat(state.applied()).isFalse();
                    assertThat(state.message()).contains("BAD_TABLE_ID");
                });
        // When
        replay.refusesLeads = null;
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.rules.keySet()).contains(slot(INGRESS)).doesNotContain(slot(in(Table.CLASSIFY, INGRESS)));
        assertApplied(replay, "n");
    }

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
                .extracting(WantedRule::slot)
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
        assertThat(next.changes.getFirst().putRules()).hasSize(2).allMatch(rule -> rule.slot()
                .isForAll());
        assertThat(next.changes.getLast().removeRules()).containsExactlyInAnyOrder(lead(INGRESS), lead(TRANSIT));
        assertThat(next.rules.keySet()).containsAll(FOR_ALL).hasSize(4);
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
                    .extracting(WantedRule::slot)
                    .containsExactly((RuleKey.Parsed) slot(INGRESS), (RuleKey.Parsed) lead(INGRESS));
            assertThat(change.removeRules()).isEmpty();
        });
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

    @Test
    void areRemovedByAGatewayOfASuiteThatIsNotFinalised() {
        // Given: the installed rules have no owner any more
        Replay before = finalisedFor(1).connectAndObey();
        Replay replay = finalisedFor(0);
        replay.rules.putAll(before.rules);
        // When
        replay.connectAndObey();
        // Then
        assertThat(replay.rules).isEmpty();
    }

    @Test
    void areDescribedWithTheirTableUnlessItIsTheFirst() {
        assertThat(Map.of(
                        RuleText.of(slot(INGRESS)), "table=2,priority=100,in_port=1",
                        RuleText.of(lead(INGRESS)), "priority=100,in_port=1",
                        RuleText.of(WantedRule.of(Pipeline.WHOLE.getLast())), "priority=99,actions=goto_table:2"))
                .allSatisfy((said, wanted) -> assertThat(said).isEqualTo(wanted));
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
            forAll.forEach(rule -> next.rules.put(rule.slot(), rule.installed()));
        }
        next.rules.putAll(before.rules);
        forAll.forEach(rule -> next.rules.putIfAbsent(rule.slot(), rule.installed()));
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
        next.rules.put(single.slot(), single.installed());
        // When
        next.put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        // Then
        assertThat(next.changes).flatMap(OwnerChange::putRules).isEmpty();
        assertThat(next.changes).flatMap(OwnerChange::removeRules).containsExactly(single.slot());
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
        next.rules.put(single.slot(), single.installed());
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
