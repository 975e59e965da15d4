package io.vlink.gateway.switches;

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
import io.vlink.gateway.switches.ForeignRule.Bits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which rules of the gateway's own frames come to those of networks, and when these come and go. */
class OwnRulesTest {

    private static final String SUITE = "00000000000000aa";
    private static final Rule INGRESS = in(Table.FORWARDING, ingress(1, 1, 7));
    private static final Rule TRANSIT = in(Table.FORWARDING, transit(1, 2, 100));
    private static final List<Slot> FOR_ALL = Pipeline.WHOLE.stream()
            .<Slot>map(rule -> WantedRule.of(rule).slot())
            .toList();
    private static final ForeignRule NORMAL = new ForeignRule(0, null, Bits.ANY, Bits.ANY, true);

    private static Replay finalisedFor(int generation) {
        Replay replay = new Replay();
        replay.control.of(new SuiteView(SuiteMarks.of(SUITE, generation, 1), 0));
        return replay;
    }

    private static Slot slot(Rule rule) {
        return WantedRule.of(rule).slot();
    }

    private static Slot lead(Rule rule) {
        return new Slot.Plain(Table.CLASSIFY, rule.priority(), rule.match());
    }

    private static InstalledRule standing(Replay replay, Slot slot) {
        return Objects.requireNonNull(replay.rules.get(slot), slot::toString);
    }

    /** Another gateway of the same data takes the switch over as it stands. */
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

    /** A set is written for another table when its network is come to, which may be before that of the owner of the place. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leaveAPlaceToWhoHasItWhicheverTableItsRulesAndThoseOfAnotherAreWrittenFor(boolean shared) {
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
        // When: the next gateway reads both, the one that waits first
        Replay next = next(replay, 1);
        next.put(set("b", 2, 8, in(Table.FORWARDING, waits), in(Table.FORWARDING, elsewhere)))
                .put(set("a", 1, 7, hasIt))
                .connectAndObey();
        // Then
        assertTaken(next, "b");
        assertApplied(next, "a");
        assertThat(standing(next, slot(hasIt)).cookie().circuit()).isEqualTo(1);
        // When: that of who has it is written for the table, and the next one reads that last
        Replay last = next(next, 1);
        last.put(set("b", 2, 8, in(Table.FORWARDING, waits), in(Table.FORWARDING, elsewhere)))
                .put(set("a", 2, 7, in(Table.FORWARDING, hasIt)))
                .connectAndObey();
        // Then
        assertTaken(last, "b");
        assertApplied(last, "a");
        assertThat(standing(last, slot(in(Table.FORWARDING, hasIt))).cookie().circuit())
                .isEqualTo(1);
        // When: it gives the place up
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
    void standBeforeTheFirstRuleThatReliesOnThem() {
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
                        FOR_ALL.stream().map(Slot.Plain.class::cast).toList());
        assertThat(replay.rules.keySet()).contains(slot(INGRESS), slot(TRANSIT)).hasSize(4);
        assertApplied(replay, "n");
        assertThat(replay.control.counts().installedRules()).as("of networks").isEqualTo(2);
        // When: more come
        replay.put(set("m", 1, 8, in(Table.FORWARDING, ingress(2, 3, 8)))).obey();
        // Then
        assertThat(replay.changes).hasSize(3);
    }

    @Test
    void standInASwitchThatNoNetworkUsesYet() {
        Replay replay = finalisedFor(1).connectAndObey();

        assertThat(replay.rules).containsOnlyKeys(FOR_ALL);
    }

    @Test
    void areNotWrittenInASuiteThatIsNotFinalised() {
        Replay replay = finalisedFor(0).put(set("n", 1, 7, ingress(1, 1, 7))).connectAndObey();

        assertThat(replay.rules).containsOnlyKeys(slot(ingress(1, 1, 7)));
    }

    @Test
    void areWrittenByAGatewayThatHasNotHeardYetThatTheSuiteWasFinalised() {
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
    void standBeforeARuleGoesToAnotherTable() {
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
        // Then: one change, of one network, as it came
        assertThat(replay.changes).hasSize(2);
        OwnerChange moved = replay.changes.getLast();
        assertThat(moved.putRules()).hasSize(2).allMatch(rule -> !rule.slot().isInTheFirst());
        assertThat(moved.removeRules()).hasSize(2).allMatch(Slot::isInTheFirst);
        assertThat(moved.addMeters()).isEmpty();
        assertThat(moved.removeMeters()).isEmpty();
        assertThat(replay.rules.keySet())
                .containsExactlyInAnyOrder(slot(INGRESS), slot(TRANSIT), FOR_ALL.get(0), FOR_ALL.get(1));
        assertThat(replay.states).allMatch(RuleState::applied);
    }

    /** In a suite that was just finalised best effort is to pass the meters of links, which path-service may ask for later. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leaveARuleServingInTheFirstTableUntilTheMeterStandsThatItPassesBehindIt(boolean shared) {
        // Given
        Rule then = transit(1, 2, 100);
        int meter = LinkMeter.of(PortNumber.of(9)).orElseThrow();
        Rule now = new Rule(
                then.cookie(),
                then.priority(),
                then.match(),
                List.of(new Action.Police(meter), new Action.Output(PortNumber.of(9))),
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

    /** One that waits would be led to in vain, past those of others. */
    @Test
    void leadToNoRuleThatWaitsForALinksMeter() {
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
    void areMendedAndForgedOnesGo() {
        // Given
        Replay replay = finalisedFor(1).put(set("n", 1, 7, INGRESS)).connectAndObey();
        Slot forged = new Slot.Plain(Table.CLASSIFY, 500, Match.All.FRAMES);
        replay.rules.put(
                forged,
                new InstalledRule(forged, Cookie.of(Cookie.Kind.FORWARDING, 9, Direction.FORWARD), List.of(), 0, 0));
        Slot other = FOR_ALL.getLast();
        replay.rules.put(
                other,
                new InstalledRule(other, Cookie.of(Cookie.Kind.FORWARDING, 9, Direction.FORWARD), List.of(), 0, 0));
        replay.rules.remove(FOR_ALL.getFirst());
        // When
        replay.later(Duration.ofSeconds(3)).obey();
        // Then
        assertThat(replay.rules.keySet()).containsExactlyInAnyOrder(slot(INGRESS), FOR_ALL.get(0), FOR_ALL.get(1));
        assertThat(standing(replay, other).cookie()).isEqualTo(Cookie.ofGateway());
        assertThat(replay.all)
                .flatMap(Effects::notes)
                .extracting(Effects.Note::text)
                .anyMatch(text -> text.contains("3 of the gateway's own"));
        // When: nothing more is to be done
        int changes = replay.changes.size();
        replay.later(Duration.ofSeconds(3)).obey();
        // Then
        assertThat(replay.changes).hasSize(changes);
    }

    @Test
    void goWithEverythingThatIsClearedAndComeAgain() {
        // Given
        Replay replay = finalisedFor(1);
        replay.markers.add(new SuiteMarker("00000000000000bb", 7));
        replay.put(set("n", 1, 7, INGRESS)).connectAndObey();
        assertThat(replay.rules).isEmpty();
        // When
        Effects effects = new Effects();
        replay.control.decide(Decision.CLEAR, effects, replay.now);
        replay.commands.addAll(effects.commands());
        replay.act().obey();
        // Then
        assertThat(replay.rules.keySet()).containsAll(FOR_ALL).contains(slot(INGRESS));
        assertApplied(replay, "n");
    }

    @Test
    void leaveNetworksAsTheyAreWhereTheSwitchRefusesThem() {
        // Given
        Replay before =
                finalisedFor(0).put(set("n", 1, 7, in(Table.CLASSIFY, INGRESS))).connectAndObey();
        Replay replay = next(before, 1);
        replay.refusesLeads = "FLOW_MOD_FAILED BAD_TABLE_ID";
        // When
        replay.put(set("n", 2, 7, INGRESS))
                .put(set("old", 1, 8, ingress(2, 3, 8)))
                .connectAndObey();
        // Then: what stood stands, what needs no other table is written, and the other is told
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

    // ---- where others have rules

    @Test
    void leadToEachRuleAloneWhereOthersHaveRulesForTheSameFrames() {
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
        assertThat(standing(replay, lead(TRANSIT)).actions()).containsExactly(new FlowAction.GoTo(Table.FORWARDING));
        assertApplied(replay, "n");
        // And: they are no rules that a network counts by
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

    /** A frame that no rule in the first table is for is dropped there; it must not get to somebody's rule for all behind it. */
    @Test
    void leadToEachRuleAloneWhereOthersHaveRulesBehindTheFirstTable() {
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
    void leadToEachRuleBeforeTheOneForAllGoes() {
        // Given
        Replay replay = finalisedFor(1).put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        replay.changes.clear();
        // When: somebody comes
        replay.foreign = List.of(NORMAL);
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.changes).hasSize(2);
        assertThat(replay.changes.getFirst().putRules())
                .extracting(WantedRule::slot)
                .containsExactlyInAnyOrder((Slot.Plain) lead(INGRESS), (Slot.Plain) lead(TRANSIT));
        assertThat(replay.changes.getLast().removeRules()).containsExactlyInAnyOrderElementsOf(FOR_ALL);
        assertThat(replay.states).allMatch(RuleState::applied);
        // When: and goes again
        replay.foreign = List.of();
        replay.later(Duration.ofSeconds(31)).obey();
        // Then: nothing changes in the middle of a session
        assertThat(replay.changes).hasSize(2);
        // When: another gateway takes it over
        Replay next = next(replay, 1).put(set("n", 1, 7, INGRESS, TRANSIT)).connectAndObey();
        // Then: the one for all, and then the others go
        assertThat(next.changes).hasSize(2);
        assertThat(next.changes.getFirst().putRules()).hasSize(2).allMatch(rule -> rule.slot()
                .isForAll());
        assertThat(next.changes.getLast().removeRules()).containsExactlyInAnyOrder(lead(INGRESS), lead(TRANSIT));
        assertThat(next.rules.keySet()).containsAll(FOR_ALL).hasSize(4);
    }

    @Test
    void takeTheirPlaceWhereARuleStoodThatGoesToAnotherTable() {
        // Given
        Replay before =
                finalisedFor(0).put(set("n", 1, 7, in(Table.CLASSIFY, INGRESS))).connectAndObey();
        before.foreign = List.of(NORMAL);
        // When
        Replay replay = next(before, 1).put(set("n", 1, 7, INGRESS)).connectAndObey();
        // Then: no rule is removed, since the lead replaces it
        assertThat(replay.changes).singleElement().satisfies(change -> {
            assertThat(change.putRules())
                    .extracting(WantedRule::slot)
                    .containsExactly((Slot.Plain) slot(INGRESS), (Slot.Plain) lead(INGRESS));
            assertThat(change.removeRules()).isEmpty();
        });
    }

    @Test
    void leadToEachRuleWhereTheSwitchDoesNotTellOfOthersInTime() {
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
    void stayAsTheyAreWhileItIsNotKnownYetWhetherThereAreOthers() {
        for (List<ForeignRule> foreign : List.of(List.<ForeignRule>of(), List.of(NORMAL))) {
            // Given
            Replay before = finalisedFor(1);
            before.foreign = foreign;
            before.put(set("n", 1, 7, INGRESS)).connectAndObey();
            Set<Slot> standing = Set.copyOf(before.rules.keySet());
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
    void goWithTheLastGatewayOfASuiteThatKnowsThem() {
        // Given: what stands is nobody's any more
        Replay before = finalisedFor(1).connectAndObey();
        Replay replay = finalisedFor(0);
        replay.rules.putAll(before.rules);
        // When
        replay.connectAndObey();
        // Then
        assertThat(replay.rules).isEmpty();
    }

    @Test
    void saySoWhereARuleStandsBehindTheFirstTable() {
        assertThat(Map.of(
                        RuleText.of(slot(INGRESS)), "table=2,priority=100,in_port=1",
                        RuleText.of(lead(INGRESS)), "priority=100,in_port=1",
                        RuleText.of(WantedRule.of(Pipeline.WHOLE.getLast())), "priority=99,actions=goto_table:2"))
                .allSatisfy((said, wanted) -> assertThat(said).isEqualTo(wanted));
    }

    /** On a bridge that others use, too. */
    @Test
    void goWithTheRuleOfAnotherNetworkInThePlaceOfOneThatWaits() {
        // Given
        Replay before = finalisedFor(1);
        before.foreign = List.of(NORMAL);
        before.put(set("before", 1, 7, INGRESS)).connectAndObey();
        assertThat(before.rules).containsKeys(slot(INGRESS), lead(INGRESS));
        // When: the next gateway knows of the network only that has the port now, and waits for a link's meter
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

    /** It serves in the first table until the one behind it can be put, and what leads there comes with that. */
    @Test
    void waitWithARuleThatServesInTheFirstTableAcrossARestart() {
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

    /** A gateway that ended between the two, wherever in the switch each of them stands. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leadToEachRuleAsLongAsAnyDoesUntilItIsKnownWhetherThereAreOthers(boolean forAllComesFirst) {
        // Given: one of many that lead to one rule stands already
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

    /** The gateway before ended while it replaced the single ones by the one for all. */
    @Test
    void putNoSingleOnesThatGoAtOnceWhereBothKindsStandAndNobodyElseDoes() {
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

    /** Nor is anything taken away before it is known. */
    @Test
    void leadByBothKindsAsLongAsNothingIsToldOfOthers() {
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

    /** On a bridge where others come, and twice the rules do not fit. */
    @Test
    void leadOnAllFramesForAsLongAsSomethingIsLedToByNothingElse() {
        // Given
        Rule other = in(Table.FORWARDING, ingress(2, 3, 8));
        Replay replay = finalisedFor(1)
                .put(set("n", 1, 7, INGRESS, TRANSIT))
                .put(set("m", 1, 8, other))
                .connectAndObey();
        Slot forged = new Slot.Plain(Table.CLASSIFY, 500, Match.All.FRAMES);
        // When
        replay.refusedPuts.put(id("n"), "FLOW_MOD_FAILED TABLE_FULL");
        replay.foreign = List.of(NORMAL);
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.rules).containsKeys(slot(INGRESS), slot(TRANSIT), slot(other), lead(other));
        assertThat(replay.rules.keySet()).containsAll(FOR_ALL).doesNotContain(lead(INGRESS), lead(TRANSIT));
        // When: what does nothing for them
        replay.rules.put(
                forged,
                new InstalledRule(forged, Cookie.of(Cookie.Kind.FORWARDING, 9, Direction.FORWARD), List.of(), 0, 0));
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
    void leadOnAllFramesWhileANetworkWithRulesThereWaitsForAnother() {
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

    /** What stands in the first table for it serves no longer once it is to send frames elsewhere. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leaveNoRuleServingInTheFirstTableThatSendsByAPortThatItsCircuitHasLeft(boolean shared) {
        // Given
        Rule then = transit(1, 2, 100);
        int meter = LinkMeter.of(PortNumber.of(12)).orElseThrow();
        Rule now = new Rule(
                then.cookie(),
                then.priority(),
                then.match(),
                List.of(new Action.Police(meter), new Action.Output(PortNumber.of(12))),
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

    /** Nor where the switch refuses what is to be behind it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leaveNoSuchRuleServingWhereTheSwitchRefusesTheOneBehindIt(boolean shared) {
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
