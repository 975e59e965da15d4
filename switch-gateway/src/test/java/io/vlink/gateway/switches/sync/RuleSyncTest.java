package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.WantedRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A switch is brought to the wanted state with as few changes as possible. */
class RuleSyncTest extends RuleSyncFixture {

    @Test
    void appliesARuleSetBeforeItConfirmsIt() {
        // Given
        replay.connectAndObey();
        // When
        replay.put(set("n", 1, 7, ingress(1, 1, 7)));
        // Then
        assertThat(replay.states).isEmpty();
        // When
        replay.obey();
        // Then
        assertThat(replay.meters).containsKey(7L);
        assertThat(slots()).hasSize(1);
        assertThat(lastState())
                .isEqualTo(RuleState.applied(id("n"), ID, 5, set("n", 1, 7).revision()));
    }

    @Test
    void sendsNothingToASwitchInSync() {
        // Given
        RuleSet wanted = set("n", 1, 7, ingress(1, 1, 7));
        replay.connectAndObey().put(wanted).obey();
        // When: the gateway restarts with the same wanted rules
        Replay restarted = new Replay();
        restarted.rules.putAll(replay.rules);
        restarted.meters.putAll(replay.meters);
        restarted.put(wanted).connect();
        // Then
        assertThat(restarted.take(SwitchCommand.AskMaster.class)).isPresent();
        restarted.on(new SwitchEvent.MasterGranted(ID, 1));
        SwitchCommand.ReadContents read =
                restarted.take(SwitchCommand.ReadContents.class).orElseThrow();
        restarted.on(new SwitchEvent.ContentsRead(ID, 1, read.number(), restarted.contents()));
        assertThat(restarted.take(SwitchCommand.Write.class)).isEmpty();
        restarted.on(new SwitchEvent.ForeignRead(ID, 1, Map.of()));
        assertThat(restarted.states).extracting(RuleState::applied).containsExactly(true);
        assertThat(restarted.all)
                .flatMap(SwitchEffects::notes)
                .extracting(SwitchEffects.Note::text)
                .contains("in sync: 1 rules, 0 changes");
    }

    @Test
    void sendsOnlyTheDifference() {
        // Given
        replay.connectAndObey()
                .put(set("n", 1, 7, ingress(1, 1, 7), ingress(1, 2, 7)))
                .obey();
        // When: port 1 keeps its rule, port 2 loses its rule, port 3 gets one, and the meter's rate changes
        replay.control.put(new RuleSet(
                ID,
                id("n"),
                set("n", 2, 0).revision(),
                List.of(new Meter(7, 30_000, 600)),
                List.of(),
                List.of(ingress(1, 1, 7), ingress(1, 3, 7))));
        replay.act();
        // Then
        OwnerChange change = written().batch().changes().getFirst();
        assertThat(change.addMeters()).isEmpty();
        assertThat(change.changeMeters()).extracting(Meter::rateKbps).containsExactly(30_000L);
        assertThat(change.putRules())
                .extracting(rule -> rule.key().match().inPort())
                .containsExactly(PortNumber.of(3));
        assertThat(change.removeRules()).extracting(RuleText::of).containsExactly("priority=100,in_port=2");
        assertThat(change.removeMeters()).isEmpty();
    }

    @Test
    void removesAllRulesAndTheMeterOfAnEmptySet() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        // When
        replay.put(set("n", 2, 0)).obey();
        // Then
        assertThat(replay.rules).isEmpty();
        assertThat(replay.meters).isEmpty();
        assertThat(lastState().applied()).isTrue();
        assertThat(lastState().revision().step()).isEqualTo(2);
    }

    @Test
    void ignoresAnOlderRevision() {
        // Given
        replay.connectAndObey().put(set("n", 5, 7, ingress(1, 1, 7))).obey();
        // When
        replay.put(set("n", 4, 0));
        // Then
        assertThat(replay.commands).isEmpty();
        assertThat(slots()).hasSize(1);
    }

    @Test
    void confirmsANewRevisionOfTheSameContentAtOnce() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        // When
        replay.put(set("n", 2, 7, ingress(1, 1, 7)));
        // Then
        assertThat(replay.commands).isEmpty();
        assertThat(lastState().revision().step()).isEqualTo(2);
    }

    @Test
    void collectsChangesWhileABatchIsUnderWay() {
        // Given
        replay.connectAndObey().put(set("n1", 1, 0, ingress(1, 1, 7)));
        SwitchCommand.Write first = written();
        // When
        replay.put(set("n2", 1, 0, ingress(2, 2, 8))).put(set("n3", 1, 0, ingress(3, 3, 9)));
        // Then
        assertThat(replay.commands).isEmpty();
        // When
        replay.on(new SwitchEvent.BatchDone(ID, 1, first.batch().number(), Map.of()));
        // Then
        assertThat(written().batch().changes()).extracting(OwnerChange::owner).containsExactly(id("n2"), id("n3"));
        assertThat(replay.states).extracting(RuleState::owner).containsExactly(id("n1"));
    }

    @Test
    void removesUnwantedRulesWithVlinksMark() {
        // Given
        replay.connectAndObey().put(set("gone", 1, 7, ingress(1, 1, 7))).obey();
        replay.rules.put(
                new RuleKey.Opaque("table=3,priority=1"),
                new InstalledRule(
                        new RuleKey.Opaque("table=3,priority=1"),
                        Cookie.of(Cookie.CookieKind.FORWARDING, 9, Direction.FORWARD),
                        List.of(),
                        0,
                        0));
        Replay restarted = new Replay();
        restarted.rules.putAll(replay.rules);
        restarted.meters.put(7L, new InstalledMeter(7, "kbps burst", 1));
        restarted.meters.put(8L, new InstalledMeter(8, "kbps", 1));
        // When
        restarted.put(set("gone", 2, 0)).connectAndObey();
        // Then: the meter that a foreign rule uses stays
        assertThat(restarted.rules).isEmpty();
        assertThat(restarted.meters).containsOnlyKeys(8L);
        assertThat(restarted.states).extracting(RuleState::applied).containsExactly(true);
    }

    @Test
    void keepsAMeterThatOthersAddMeanwhile() {
        // Given
        replay.connectAndObey();
        // When
        replay.meters.put(500L, new InstalledMeter(500, "kbps", 0));
        poll();
        // Then
        assertThat(replay.meters).containsKey(500L);
    }

    @Test
    void confirmsAnEmptySetOnlyAfterLeftoversAreRemoved() {
        // Given
        Replay restarted = new Replay();
        restarted.rules.put(
                WantedRule.of(ingress(1, 1, 7)).key(),
                WantedRule.of(ingress(1, 1, 7)).installed());
        restarted.put(set("gone", 2, 0)).connect();
        restarted.on(new SwitchEvent.MasterGranted(ID, 1));
        SwitchCommand.ReadContents read =
                restarted.take(SwitchCommand.ReadContents.class).orElseThrow();
        // When
        restarted.on(new SwitchEvent.ContentsRead(ID, 1, read.number(), restarted.contents()));
        // Then
        assertThat(restarted.states).isEmpty();
        SwitchCommand.Write write = restarted.take(SwitchCommand.Write.class).orElseThrow();
        restarted.on(new SwitchEvent.BatchDone(ID, 1, write.batch().number(), Map.of()));
        assertThat(restarted.states).extracting(RuleState::applied).containsExactly(true);
    }

    @Test
    void reportsARefusalAfterASecondAttemptWithoutHarmToOthers() {
        // Given
        replay.refused.put(id("bad"), "METER_MOD_FAILED INVALID_METER: priority=100,in_port=2");
        replay.connectAndObey();
        replay.control.put(set("good", 1, 0, ingress(1, 1, 7)));
        // When
        replay.put(set("bad", 1, 0, ingress(2, 2, 8))).obey();
        // Then
        assertThat(replay.states).extracting(RuleSyncFixture::told).containsExactlyInAnyOrder("good true", "bad false");
        assertThat(replay.states)
                .filteredOn(state -> !state.applied())
                .singleElement()
                .satisfies(state -> {
                    assertThat(state.reason()).isEqualTo("SwitchError");
                    assertThat(state.message()).contains("INVALID_METER", "in_port=2");
                    assertThat(state.error())
                            .as("unchanged, for earlier readers")
                            .isEqualTo(state.message());
                });
        // When: the retry is due, and the switch accepts it
        replay.refused.clear();
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(lastState().owner()).isEqualTo(id("bad"));
        assertThat(lastState().applied()).isTrue();
    }

    @Test
    void dropsANetworkOnceItsRulesAreRemoved() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.states.clear();
        // When
        replay.remove("n");
        // Then
        assertThat(replay.all).flatMap(SwitchEffects::removed).isEmpty();
        // When
        replay.obey();
        // Then
        assertThat(replay.rules).isEmpty();
        assertThat(replay.all)
                .flatMap(SwitchEffects::removed)
                .containsExactly(new SwitchEffects.RemovedOwner(ID, id("n"), false));
        assertThat(replay.states).isEmpty();
    }

    @Test
    void acceptsADeletedNetworkAgain() {
        // Given
        replay.connectAndObey().put(set("n", 9, 7, ingress(1, 1, 7))).obey();
        replay.remove("n").obey();
        // When
        replay.put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        // Then
        assertThat(slots()).hasSize(1);
        assertThat(lastState().applied()).isTrue();
    }
}
