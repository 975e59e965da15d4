package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static io.vlink.gateway.switches.Replay.transit;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.RuleState;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A rule or meter that two networks want belongs to the first until that network gives it up. */
class TakenRulesTest extends RuleSyncFixture {

    @Test
    void doesNotLetANetworkTakeAnothersRule() {
        // Given
        replay.connectAndObey().put(set("first", 1, 0, ingress(1, 1, 7))).obey();
        // When
        replay.put(set("second", 1, 0, ingress(2, 1, 7))).obey();
        // Then
        assertThat(lastState().reason()).isEqualTo("RuleTaken");
        assertThat(lastState().error()).isEqualTo("RuleTaken: " + lastState().message());
        assertThat(lastState().message())
                .isEqualTo(
                        "The rule for frames that enter at port 1 of switch 000000000000000a without a label of Vlink belongs to"
                                + " another network (priority=100,in_port=1). This network gets it as soon as the other has given"
                                + " it up, by itself; if that takes long, ask the operator: the log of switch-gateway names both owners");
        assertThat(replay.rules.values())
                .extracting(rule -> rule.cookie().circuit())
                .containsExactly(1L);
        // When
        replay.put(set("first", 2, 0)).obey();
        // Then
        assertThat(replay.rules.values())
                .extracting(rule -> rule.cookie().circuit())
                .containsExactly(2L);
        assertThat(replay.states)
                .extracting(RuleSyncFixture::told)
                .containsExactly("first true", "second false", "first true", "second true");
    }

    @Test
    void doesNotNameTheOwnerOfATakenItemToANetwork() {
        // Given
        replay.connectAndObey()
                .put(set("someone-elses", 1, 7, transit(1, 3, 77)))
                .obey();
        // When
        replay.put(set("rule", 1, 0, transit(2, 3, 77)))
                .put(set("meter", 1, 7, ingress(3, 5, 7)))
                .obey();
        // Then: the message says what is taken, where, and what to do
        assertThat(replay.states)
                .filteredOn(state -> !state.applied())
                .extracting(RuleState::error)
                .allSatisfy(error -> assertThat(error)
                        .contains("000000000000000a", "by itself", "ask the operator")
                        .doesNotContain("someone-elses", "default/ns"))
                .satisfiesExactly(
                        rule -> assertThat(rule)
                                .startsWith("RuleTaken: The rule for frames that enter at port 3 of switch")
                                .contains("VLAN id 77"),
                        meter -> assertThat(meter).startsWith("MeterTaken: Meter 7 of switch"));
        // Then: the log names the owner, once
        replay.later(Duration.ofSeconds(31)).obey();
        assertThat(replay.all)
                .flatMap(SwitchEffects::notes)
                .extracting(SwitchEffects.Note::text)
                .filteredOn(text -> text.contains("someone-elses"))
                .containsExactly(
                        "keeps network default/ns/rule waiting: priority=100,in_port=3,dl_vlan=77 belongs to network default/ns/someone-elses",
                        "keeps network default/ns/meter waiting: meter=7 belongs to network default/ns/someone-elses");
    }

    @Test
    void keepsALiveNetworksRulesIfTheWaitingOneIsReadFirstAfterARestart() {
        // Given
        replay.connectAndObey().put(set("first", 1, 7, ingress(1, 1, 7))).obey();
        replay.put(set("second", 1, 7, ingress(2, 1, 7))).obey();
        replay.put(set("first", 2, 7, ingress(1, 1, 7))).obey();
        // When: another gateway reads the log, with the second's record before the first's last one
        Replay restarted = new Replay();
        restarted.rules.putAll(replay.rules);
        restarted.meters.putAll(replay.meters);
        restarted.put(set("second", 1, 7, ingress(2, 1, 7))).put(set("first", 2, 7, ingress(1, 1, 7)));
        restarted.connectAndObey();
        // Then
        assertThat(restarted.rules.values())
                .extracting(rule -> rule.cookie().circuit())
                .containsExactly(1L);
        assertThat(restarted.states)
                .extracting(RuleSyncFixture::told)
                .containsExactlyInAnyOrder("first true", "second false");
        // When
        restarted.put(set("first", 3, 0)).obey();
        // Then
        assertThat(restarted.rules.values())
                .extracting(rule -> rule.cookie().circuit())
                .containsExactly(2L);
    }

    /** The installed rule decides about a place that both want, not their other rules. */
    @Test
    void keepsALiveNetworksRulesAlthoughTheWaitingOneHasOtherRulesInstalled() {
        // Given
        replay.connectAndObey().put(set("second", 1, 0, transit(2, 3, 77))).obey();
        replay.put(set("first", 1, 7, ingress(1, 1, 7))).obey();
        replay.put(set("second", 2, 0, transit(2, 3, 77), ingress(2, 1, 7))).obey();
        assertThat(lastState().reason()).isEqualTo("RuleTaken");
        // When
        Replay restarted = new Replay();
        restarted.rules.putAll(replay.rules);
        restarted.meters.putAll(replay.meters);
        restarted
                .put(set("second", 2, 0, transit(2, 3, 77), ingress(2, 1, 7)))
                .put(set("first", 2, 7, ingress(1, 1, 7)))
                .connectAndObey();
        // Then
        assertThat(restarted.states)
                .extracting(RuleSyncFixture::told)
                .containsExactlyInAnyOrder("first true", "second false");
        assertThat(restarted.rules.values())
                .extracting(rule -> rule.cookie().circuit())
                .containsExactlyInAnyOrder(1L, 2L);
    }

    /** Frames must not take the former owner's path because the port's new owner lacks something else. */
    @Test
    void removesRulesThatWereGivenUpWhileTheNextOwnerWaitsForSomethingElse() {
        // Given: the next owner wants the port of one network and the meter of another
        replay.connectAndObey()
                .put(set("before", 1, 7, ingress(1, 1, 7)))
                .put(set("meters", 1, 8, ingress(3, 3, 8)))
                .obey();
        replay.put(set("next", 1, 8, ingress(2, 1, 8))).obey();
        assertThat(lastState().applied()).isFalse();
        // When
        replay.put(set("before", 2, 0)).obey();
        // Then
        assertThat(replay.states)
                .filteredOn(state -> state.owner().equals(id("next")))
                .last()
                .extracting(RuleState::reason)
                .isEqualTo("MeterTaken");
        assertThat(replay.rules.values())
                .extracting(rule -> rule.cookie().circuit())
                .containsExactly(3L);
        // When
        replay.put(set("meters", 2, 0)).obey();
        // Then
        assertThat(replay.rules.values())
                .extracting(rule -> rule.cookie().circuit())
                .containsExactly(2L);
    }

    @Test
    void removesRulesThatWereGivenUpWhileTheSwitchRefusesTheNextOwnersRules() {
        // Given
        replay.connectAndObey().put(set("before", 1, 7, ingress(1, 1, 7))).obey();
        replay.refusedPuts.put(id("next"), "FLOW_MOD_FAILED TABLE_FULL");
        // When
        replay.put(set("next", 1, 0, ingress(2, 1, 9))).put(set("before", 2, 0)).obey();
        // Then
        assertThat(replay.rules).isEmpty();
        assertThat(replay.meters).isEmpty();
        assertThat(lastState().owner()).isEqualTo(id("next"));
        assertThat(lastState().applied()).isFalse();
        // When
        replay.refusedPuts.clear();
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.rules).hasSize(1);
        assertThat(lastState().applied()).isTrue();
    }

    @Test
    void removesAnothersRulesAfterARestartWhileThePlacesOwnerWaitsForSomethingElse() {
        // Given
        replay.connectAndObey().put(set("before", 1, 7, ingress(1, 1, 7))).obey();
        Replay restarted = new Replay();
        restarted.rules.putAll(replay.rules);
        restarted.meters.putAll(replay.meters);
        // When
        restarted.put(set("meters", 1, 8, ingress(3, 3, 8))).put(set("next", 1, 8, ingress(2, 1, 8)));
        restarted.connectAndObey();
        // Then
        assertThat(restarted.rules.values())
                .extracting(rule -> rule.cookie().circuit())
                .containsExactly(3L);
    }

    /** For example, when a node moves to another overlay, whose allocator assigns the same numbers. */
    @Test
    void reassignsAMeterAndRemovesItWithItsNewOwner() {
        // Given: two allocators chose the same numbers, so the second's rules are already installed
        replay.connectAndObey().put(set("first", 1, 7, ingress(1, 1, 7))).obey();
        replay.put(set("second", 1, 7, ingress(1, 1, 7))).obey();
        assertThat(lastState().reason()).isEqualTo("RuleTaken");
        // When
        replay.put(set("first", 2, 0)).obey();
        // Then
        assertThat(lastState().owner()).isEqualTo(id("second"));
        assertThat(lastState().applied()).isTrue();
        assertThat(replay.meters).containsOnlyKeys(7L);
        assertThat(slots()).hasSize(1);
        // When
        replay.remove("first").obey();
        replay.put(set("second", 2, 0)).obey();
        // Then: nothing is left over
        assertThat(replay.rules).isEmpty();
        assertThat(replay.meters).isEmpty();
    }

    @Test
    void reassignsAMeterWhenItsOwnersRecordBecomesATombstone() {
        // Given
        replay.connectAndObey().put(set("first", 1, 7, ingress(1, 1, 7))).obey();
        replay.put(set("second", 1, 7, ingress(2, 2, 7))).obey();
        // When: while another batch is under way
        replay.put(set("third", 1, 8, ingress(3, 3, 8)));
        replay.remove("first").obey();
        // Then
        assertThat(replay.states)
                .filteredOn(state -> state.owner().equals(id("second")))
                .extracting(RuleState::applied)
                .containsExactly(false, true);
        assertThat(replay.meters).containsOnlyKeys(7L, 8L);
        // When
        replay.remove("second").remove("third").obey();
        // Then
        assertThat(replay.rules).isEmpty();
        assertThat(replay.meters).isEmpty();
    }
}
