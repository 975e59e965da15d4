package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.WantedRule;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Losses and changes by others are found when the switch is read back, and corrected. */
class RuleRepairTest extends RuleSyncFixture {

    /** For example, when a bundle is repeated owner by owner: meters of the first attempt exist already. */
    @Test
    void repairsALaterLossAtOnceIfARefusedChangeWasInstalled() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7)));
        SwitchCommand.Write write = written();
        replay.rules.put(
                WantedRule.of(ingress(1, 1, 7)).key(),
                WantedRule.of(ingress(1, 1, 7)).installed());
        replay.meters.put(7L, new InstalledMeter(7, RuleText.settings(new Meter(7, 20_000, 400)), 1));
        replay.on(new SwitchEvent.BatchDone(
                        ID,
                        1,
                        write.batch().number(),
                        Map.of(0, new Refusal(RuleStateReason.SWITCH_ERROR, "it exists"))))
                .obey();
        assertThat(lastState().applied()).isTrue();
        // When
        replay.rules.clear();
        poll();
        // Then
        assertThat(slots()).hasSize(1);
    }

    @Test
    void repairsALostRuleWhenItReadsCounters() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.rules.clear();
        // When
        poll();
        // Then
        assertThat(slots()).hasSize(1);
    }

    @Test
    void readsBackBetweenTwoBatchesIfDueDuringTheFirst() {
        // Given: a rule is lost while batches follow one another
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.rules.clear();
        replay.put(set("m", 1, 8, ingress(2, 2, 8)));
        SwitchCommand.Write first = written();
        // When
        replay.later(Duration.ofSeconds(3)).put(set("m", 2, 8, ingress(2, 3, 8)));
        assertThat(replay.take(SwitchCommand.ReadContents.class)).isEmpty();
        replay.commands.add(first);
        replay.obey();
        // Then
        assertThat(slots()).contains(WantedRule.of(ingress(1, 1, 7)).key()).hasSize(2);
    }

    @Test
    void doesNotTreatANewlyWantedRuleAsLost() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.later(Duration.ofSeconds(3));
        SwitchCommand.ReadContents read =
                replay.take(SwitchCommand.ReadContents.class).orElseThrow();
        // When: both arrive together
        replay.control.put(set("m", 1, 8, ingress(2, 2, 8)));
        replay.control.put(set("n", 2, 0));
        replay.on(new SwitchEvent.ContentsRead(ID, read.connection(), read.number(), replay.contents()))
                .obey();
        // Then
        assertThat(slots()).containsExactly(WantedRule.of(ingress(2, 2, 8)).key());
        assertThat(replay.all.stream().flatMap(effects -> effects.notes().stream()))
                .noneMatch(note -> note.toString().contains("repaired"));
    }

    @Test
    void repairsAChangedMeterAndRemovesAForgedRule() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.meters.put(7L, new InstalledMeter(7, "kbps bands=type=drop rate=1 burst_size=1", 1));
        WantedRule forged = WantedRule.of(ingress(3, 3, 7));
        replay.rules.put(forged.key(), forged.installed());
        // When
        poll();
        // Then
        assertThat(replay.meters.get(7L).settings()).contains("rate=20000");
        assertThat(slots()).hasSize(1);
    }

    @Test
    void doesNotTreatAnOutdatedReadAsALoss() {
        // Given
        replay.connectAndObey();
        replay.later(Duration.ofSeconds(3));
        SwitchCommand.ReadContents read =
                replay.take(SwitchCommand.ReadContents.class).orElseThrow();
        Contents before = replay.contents();
        // When
        replay.put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.on(new SwitchEvent.ContentsRead(ID, 1, read.number(), before));
        // Then
        assertThat(replay.commands).isEmpty();
    }

    @Test
    void repairsLossesDuringContinuousWrites() {
        // Given: the switch lost the rule and meter of n, and has an unwanted rule
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.rules.clear();
        replay.meters.clear();
        WantedRule forged = WantedRule.of(ingress(3, 3, 7));
        replay.rules.put(forged.key(), forged.installed());
        replay.later(Duration.ofSeconds(3));
        SwitchCommand.ReadContents read =
                replay.take(SwitchCommand.ReadContents.class).orElseThrow();
        // When: the answer comes while one batch is under way and another waits
        replay.put(set("m1", 1, 8, ingress(2, 2, 8)));
        SwitchCommand.Write first = written();
        replay.put(set("m2", 1, 9, ingress(4, 4, 9)));
        replay.on(new SwitchEvent.ContentsRead(ID, 1, read.number(), replay.contents()));
        replay.commands.add(first);
        replay.obey();
        // Then
        assertThat(slots())
                .containsExactlyInAnyOrder(
                        WantedRule.of(ingress(1, 1, 7)).key(),
                        WantedRule.of(ingress(2, 2, 8)).key(),
                        WantedRule.of(ingress(4, 4, 9)).key());
        assertThat(replay.meters).containsOnlyKeys(7L, 8L, 9L);
        assertThat(replay.all)
                .flatMap(SwitchEffects::notes)
                .extracting(SwitchEffects.Note::text)
                .contains("differs from what was written and is repaired: networks [default/ns/n], 1 leftovers");
    }

    @Test
    void doesNotTreatARuleRemovedAfterTheReadAsALeftover() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.later(Duration.ofSeconds(3));
        SwitchCommand.ReadContents read =
                replay.take(SwitchCommand.ReadContents.class).orElseThrow();
        Contents before = replay.contents();
        // When
        replay.put(set("n", 2, 0)).obey();
        replay.on(new SwitchEvent.ContentsRead(ID, 1, read.number(), before));
        // Then
        assertThat(replay.commands).isEmpty();
        assertThat(replay.control.counts().installedRules()).isZero();
        assertThat(replay.control.counts().installedMeters()).isZero();
    }

    @Test
    void dropsALeftoverThatOthersRemoved() {
        // Given: the switch refused its removal twice
        WantedRule forged = WantedRule.of(ingress(3, 3, 7));
        replay.rules.put(forged.key(), forged.installed());
        replay.connect().on(new SwitchEvent.MasterGranted(ID, 1));
        replay.commands.clear();
        for (long read = 1; read < 5; read += 2) {
            replay.on(new SwitchEvent.ContentsRead(ID, 1, read, replay.contents()));
            replay.on(new SwitchEvent.BatchDone(
                    ID, 1, written().batch().number(), Map.of(0, new Refusal(RuleStateReason.SWITCH_ERROR, "EPERM"))));
        }
        replay.obey();
        assertThat(replay.control.counts().installedRules()).isOne();
        // When
        replay.rules.clear();
        poll();
        // Then
        assertThat(replay.commands).isEmpty();
        assertThat(replay.control.counts().installedRules()).isZero();
    }
}
