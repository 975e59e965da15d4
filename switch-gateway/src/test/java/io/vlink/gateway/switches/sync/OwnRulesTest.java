package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.in;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.SuiteMarker;
import io.vlink.gateway.switches.entries.WantedRule;
import io.vlink.gateway.switches.possession.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The gateway's own rules that send frames to rules of networks: when they are written and removed. */
class OwnRulesTest extends OwnRulesFixture {

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
                .extracting(WantedRule::key)
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
}
