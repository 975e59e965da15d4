package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.links;
import static io.vlink.gateway.switches.Replay.set;
import static io.vlink.gateway.switches.Replay.transit;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.PortNumber;
import io.vlink.events.rules.Rule;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.WantedRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While a rule waits for a link's meter, its place is free of other rules, and nothing else waits. */
class LinkMeterWaitsTest extends LinkMetersFixture {

    /**
     * A port may belong to another tenant by now: its frames must not take the previous owner's path, however long the
     * meter takes.
     */
    @Test
    void removesAnotherNetworksRuleFromThePlaceOfAWaitingRule() {
        // Given
        replay.connectAndObey().put(set("before", 1, 7, ingress(1, 1, 7))).obey();
        replay.put(set("next", 1, 0, ingress(2, 1, METER))).obey();
        assertThat(replay.rules).hasSize(1);
        // When: it gives the port up
        replay.put(set("before", 2, 0)).obey();
        // Then
        assertThat(replay.rules).isEmpty();
        assertThat(replay.meters).isEmpty();
        // When
        replay.put(links(9, 1, 780_000)).obey();
        // Then
        assertThat(replay.rules).hasSize(1);
        assertThat(replay.states.getLast().owner()).isEqualTo(id("next"));
        assertThat(replay.states.getLast().applied()).isTrue();
    }

    /** The previous owner has no record any more: only the cookie identifies the rule's owner. */
    @Test
    void removesAnotherNetworksRuleAfterARestart() {
        // Given
        replay.connectAndObey().put(set("before", 1, 7, ingress(1, 1, 7))).obey();
        // When
        Replay restarted = restarted();
        restarted.put(set("next", 1, 0, ingress(2, 1, METER))).connectAndObey();
        // Then
        assertThat(restarted.rules).isEmpty();
        assertThat(restarted.meters).isEmpty();
        // When
        restarted.put(links(9, 1, 780_000)).obey();
        // Then
        assertThat(restarted.rules.values())
                .extracting(rule -> rule.cookie().circuit())
                .containsExactly(2L);
        assertThat(restarted.states.getLast().owner()).isEqualTo(id("next"));
        assertThat(restarted.states.getLast().applied()).isTrue();
    }

    /**
     * For example, when a reserved vlink becomes best effort, and its gateway restarts before the link's meter was
     * requested.
     */
    @Test
    void keepsTheSameNetworksRuleAfterARestartUntilTheMeterIsInstalled() {
        // Given: also a rule of another hop, which is no longer wanted
        replay.connectAndObey()
                .put(set("n", 1, 7, ingress(1, 1, 7), transit(1, 3, 77)))
                .obey();
        // When
        Replay restarted = restarted();
        restarted.put(set("n", 2, 0, ingress(1, 1, METER))).connectAndObey();
        // Then
        assertThat(restarted.rules.values()).singleElement().satisfies(rule -> assertThat(rule.meters())
                .containsExactly(7L));
        assertThat(restarted.meters).containsOnlyKeys(7L);
        // When
        restarted.put(links(9, 1, 1_000)).obey();
        // Then
        assertThat(restarted.rules.values()).singleElement().satisfies(rule -> assertThat(rule.meters())
                .containsExactly((long) METER));
        assertThat(restarted.meters).containsOnlyKeys((long) METER);
        assertThat(restarted.takenAlong).isZero();
    }

    /** The place has the network's earlier rule, or none. */
    @Test
    void removesAForeignRuleFromThePlaceOfAWaitingRule() {
        // Given: the earlier rule is in use at port 1; there is none at port 2
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.put(set("n", 2, 0, ingress(1, 1, METER), ingress(1, 2, METER))).obey();
        assertThat(replay.rules).hasSize(1);
        replay.states.clear();
        // When: both places get rules of another network's circuit
        for (int port : List.of(1, 2)) {
            InstalledRule others = WantedRule.of(ingress(2, port, 8)).installed();
            replay.rules.put(others.key(), others);
        }
        poll();
        // Then
        assertThat(replay.rules).isEmpty();
        // When
        replay.put(links(9, 1, 1_000)).obey();
        // Then
        assertThat(replay.rules.values())
                .extracting(rule -> rule.cookie().circuit())
                .containsExactly(1L, 1L);
        assertThat(replay.states.getLast().applied()).isTrue();
    }

    /** The installed rule has the network's cookie, but unknown actions. */
    @Test
    void removesAnAlteredRuleWhileTheMeterIsMissing() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.put(set("n", 2, 0, ingress(1, 1, METER))).obey();
        // When
        replay.rules.replaceAll((key, rule) -> new InstalledRule(
                key, rule.cookie(), List.of(new FlowAction.OutputPort(PortNumber.of(30))), rule.packets(), 0));
        poll();
        // Then
        assertThat(replay.rules).isEmpty();
    }

    @Test
    void writesAndRemovesOtherRulesWhileTheMeterIsMissing() {
        // Given
        replay.connectAndObey()
                .put(set("n", 1, 0, transit(1, 3, 77), transit(1, 4, 78)))
                .obey();
        replay.states.clear();
        // When
        replay.put(set("n", 2, 0, ingress(1, 1, METER), transit(1, 4, 78), transit(1, 5, 79)))
                .obey();
        // Then
        assertThat(replay.rules.keySet())
                .extracting(RuleText::of)
                .containsExactly("priority=100,in_port=4,dl_vlan=78", "priority=100,in_port=5,dl_vlan=79");
        assertThat(replay.states).isEmpty();
        // When
        replay.put(links(9, 1, 1_000)).obey();
        // Then
        assertThat(replay.rules).hasSize(3);
        assertThat(replay.states.getLast().revision().step()).isEqualTo(2);
    }

    /** For example, when a reserved vlink becomes best effort: the present rule uses the network's own meter. */
    @Test
    void keepsANetworksOwnMeterWhileTheNextRuleWaits() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        // When
        replay.put(set("n", 2, 0, ingress(1, 1, METER))).obey();
        // Then
        assertThat(replay.meters).containsOnlyKeys(7L);
        assertThat(replay.rules.values()).singleElement().satisfies(rule -> assertThat(rule.meters())
                .containsExactly(7L));
        // When
        replay.put(links(9, 1, 1_000)).obey();
        // Then
        assertThat(replay.meters).containsOnlyKeys((long) METER);
        assertThat(replay.rules.values()).singleElement().satisfies(rule -> assertThat(rule.meters())
                .containsExactly((long) METER));
    }

    /** The old port may belong to another tenant by now. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsNothingByAPortThatItsCircuitHasLeftWhileTheRuleWaits(boolean restarted) {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n", 1, 0, ingress(1, 1, METER), transit(1, 3, 77)))
                .obey();
        Replay now = restarted ? new Replay() : replay;
        now.rules.putAll(replay.rules);
        now.meters.putAll(replay.meters);
        // When: the link's port is 12 now, and port 9 is a workload's
        now.put(links(9, 1, 1_000)).put(set("n", 2, 0, by(12, ingress(1, 1, METER + 3)), by(12, transit(1, 3, 77))));
        now.put(set("other", 1, 7, by(8, ingress(2, 9, 7))));
        if (restarted) {
            now.connect();
        }
        now.obey();
        // Then
        assertThat(now.rules)
                .containsOnlyKeys(
                        WantedRule.of(transit(1, 3, 77)).key(),
                        WantedRule.of(ingress(2, 9, 7)).key());
        // When
        now.put(links(12, 1, 1_000)).obey();
        // Then
        assertThat(now.rules.get(WantedRule.of(ingress(1, 1, METER)).key()))
                .isNotNull()
                .satisfies(rule -> assertThat(rule.actions()).contains(new FlowAction.OutputPort(PortNumber.of(12))));
    }

    @Test
    void sendsNothingByAPortThatItsCircuitHasLeftWhileTheRuleIsRefused() {
        // Given
        replay.connectAndObey()
                .put(set("n", 1, 7, ingress(1, 1, 7), transit(1, 3, 77)))
                .obey();
        replay.refusedPuts.put(id("n"), "FLOW_MOD_FAILED TABLE_FULL");
        // When
        replay.put(set("n", 2, 7, by(12, ingress(1, 1, 7)), transit(1, 3, 77))).obey();
        // Then
        assertThat(replay.rules)
                .containsOnlyKeys(WantedRule.of(transit(1, 3, 77)).key());
        assertThat(replay.states.getLast().message()).contains("TABLE_FULL");
        // When
        replay.refusedPuts.clear();
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.rules).hasSize(2);
        assertThat(replay.states.getLast().applied()).isTrue();
    }

    /** Make-before-break: the former circuit is still reserved when its traffic is switched to the next one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void usesTheFormerCircuitUntilTrafficCanBeSwitched(boolean refused) {
        // Given: the reverse path enters at another port than the one by which the forward path leaves
        Rule back = transit(1, 3, 77);
        Rule nextBack = transit(5, 4, 78);
        RuleKey.Parsed turning = WantedRule.of(ingress(1, 1, METER)).key();
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n", 1, 0, ingress(1, 1, METER), back))
                .obey();
        replay.put(set("n", 2, 0, ingress(1, 1, METER), back, nextBack)).obey();
        // When
        if (refused) {
            replay.put(links(12, 1, 1_000)).obey();
            replay.refusedPuts.put(id("n"), "FLOW_MOD_FAILED TABLE_FULL");
        }
        replay.put(set("n", 3, 0, by(12, ingress(5, 1, METER + 3)), back, nextBack))
                .obey();
        // Then
        assertThat(replay.rules).hasSize(3);
        assertThat(replay.rules.get(turning)).isNotNull().satisfies(rule -> assertThat(
                        rule.isAs(WantedRule.of(ingress(1, 1, METER)).installed()))
                .isTrue());
        // When
        replay.refusedPuts.clear();
        replay.put(links(12, 2, 2_000)).later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.rules.get(turning))
                .isNotNull()
                .satisfies(rule -> assertThat(rule.cookie().circuit()).isEqualTo(5));
    }
}
