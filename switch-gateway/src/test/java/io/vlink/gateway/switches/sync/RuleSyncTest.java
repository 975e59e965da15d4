package io.vlink.gateway.switches.sync;

import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.entries.WantedRule;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.RuleKey;
import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static io.vlink.gateway.switches.Replay.transit;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import io.vlink.events.counters.RuleCounter;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A switch is brought to the wanted state with as few changes as possible. */
class RuleSyncTest {

    private final Replay replay = new Replay();

    private SwitchCommand.Write written() {
        return replay.take(SwitchCommand.Write.class).orElseThrow();
    }

    private List<RuleKey> slots() {
        return List.copyOf(replay.rules.keySet());
    }

    private RuleState lastState() {
        return replay.states.getLast();
    }

    /** Returns the name of the network and whether its set was applied. */
    private static String told(RuleState state) {
        String owner = state.owner().toString();
        return owner.substring(owner.lastIndexOf('/') + 1) + " " + state.applied();
    }

    private void poll() {
        replay.later(Duration.ofSeconds(3)).obey();
    }

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
                .extracting(rule -> rule.slot().match().inPort())
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
                WantedRule.of(ingress(1, 1, 7)).slot(),
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
        assertThat(replay.states).extracting(RuleSyncTest::told).containsExactlyInAnyOrder("good true", "bad false");
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

    /** For example, when a bundle is repeated owner by owner: meters of the first attempt exist already. */
    @Test
    void repairsALaterLossAtOnceIfARefusedChangeWasInstalled() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7)));
        SwitchCommand.Write write = written();
        replay.rules.put(
                WantedRule.of(ingress(1, 1, 7)).slot(),
                WantedRule.of(ingress(1, 1, 7)).installed());
        replay.meters.put(7L, new InstalledMeter(7, RuleText.settings(new Meter(7, 20_000, 400)), 1));
        replay.on(new SwitchEvent.BatchDone(
                        ID,
                        1,
                        write.batch().number(),
                        Map.of(0, new Refusal(RuleStateReason.SwitchError, "it exists"))))
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
        assertThat(slots()).contains(WantedRule.of(ingress(1, 1, 7)).slot()).hasSize(2);
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
        assertThat(slots()).containsExactly(WantedRule.of(ingress(2, 2, 8)).slot());
        assertThat(replay.all.stream().flatMap(effects -> effects.notes().stream()))
                .noneMatch(note -> note.toString().contains("repaired"));
    }

    @Test
    void repairsAChangedMeterAndRemovesAForgedRule() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.meters.put(7L, new InstalledMeter(7, "kbps bands=type=drop rate=1 burst_size=1", 1));
        WantedRule forged = WantedRule.of(ingress(3, 3, 7));
        replay.rules.put(forged.slot(), forged.installed());
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
        replay.rules.put(forged.slot(), forged.installed());
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
                        WantedRule.of(ingress(1, 1, 7)).slot(),
                        WantedRule.of(ingress(2, 2, 8)).slot(),
                        WantedRule.of(ingress(4, 4, 9)).slot());
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
    void forgetsALeftoverThatOthersRemoved() {
        // Given: the switch refused its removal twice
        WantedRule forged = WantedRule.of(ingress(3, 3, 7));
        replay.rules.put(forged.slot(), forged.installed());
        replay.connect().on(new SwitchEvent.MasterGranted(ID, 1));
        replay.commands.clear();
        for (long read = 1; read < 5; read += 2) {
            replay.on(new SwitchEvent.ContentsRead(ID, 1, read, replay.contents()));
            replay.on(new SwitchEvent.BatchDone(
                    ID, 1, written().batch().number(), Map.of(0, new Refusal(RuleStateReason.SwitchError, "EPERM"))));
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

    @Test
    void reportsChangedCountersOfNetworks() {
        // Given
        replay.connectAndObey()
                .put(set("n1", 1, 0, ingress(1, 1, 7)))
                .put(set("n2", 1, 0, ingress(2, 2, 7)))
                .obey();
        poll();
        replay.all.clear();
        // When
        RuleKey slot = slots().getFirst();
        InstalledRule rule = Objects.requireNonNull(replay.rules.get(slot));
        replay.rules.put(slot, new InstalledRule(slot, rule.cookie(), rule.actions(), 3, 300));
        poll();
        // Then
        assertThat(replay.all).flatMap(SwitchEffects::counters).singleElement().satisfies(counters -> {
            assertThat(counters.network()).isEqualTo(id("n1"));
            assertThat(counters.rules().getFirst().packets()).isEqualTo(3);
        });
        poll();
        assertThat(replay.all).flatMap(SwitchEffects::counters).hasSize(1);
    }

    @Test
    void reportsAMetersDropsAcrossAChangeOfItsRate() {
        // Given
        replay.connectAndObey()
                .put(set("n", 1, 7, ingress(1, 1, 7), transit(1, 2, 77)))
                .obey();
        drop(5);
        poll();
        // Then: only with the rule that uses the meter
        assertThat(lastCounters()).extracting(RuleCounter::droppedPackets).containsExactly(5L, null);
        assertThat(lastCounters()).extracting(RuleCounter::droppedBytes).containsExactly(500L, null);
        // When: the change makes the switch count from zero
        replay.put(new RuleSet(
                        ID,
                        id("n"),
                        set("n", 2, 0).revision(),
                        List.of(new Meter(7, 30_000, 600)),
                        List.of(),
                        List.of(ingress(1, 1, 7), transit(1, 2, 77))))
                .obey();
        drop(2);
        poll();
        // Then
        assertThat(lastCounters()).extracting(RuleCounter::droppedPackets).containsExactly(7L, null);
        assertThat(replay.control.dropped()).isEqualTo(new Drops(7, 700));
    }

    private void drop(long packets) {
        replay.meters.computeIfPresent(
                7L,
                (number, meter) -> new InstalledMeter(
                        number, meter.settings(), meter.boundRules(), new Drops(packets, packets * 100)));
    }

    private List<RuleCounter> lastCounters() {
        return replay.all.stream()
                .flatMap(effects -> effects.counters().stream())
                .toList()
                .getLast()
                .rules();
    }

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
                .extracting(RuleSyncTest::told)
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
        // Then: the message tells what is taken, where, and what to do
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
                .extracting(RuleSyncTest::told)
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
                .extracting(RuleSyncTest::told)
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
        replay.forget("first").obey();
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
        replay.forget("first").obey();
        // Then
        assertThat(replay.states)
                .filteredOn(state -> state.owner().equals(id("second")))
                .extracting(RuleState::applied)
                .containsExactly(false, true);
        assertThat(replay.meters).containsOnlyKeys(7L, 8L);
        // When
        replay.forget("second").forget("third").obey();
        // Then
        assertThat(replay.rules).isEmpty();
        assertThat(replay.meters).isEmpty();
    }

    @Test
    void forgetsANetworkOnceItsRulesAreRemoved() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.states.clear();
        // When
        replay.forget("n");
        // Then
        assertThat(replay.all).flatMap(SwitchEffects::forgotten).isEmpty();
        // When
        replay.obey();
        // Then
        assertThat(replay.rules).isEmpty();
        assertThat(replay.all)
                .flatMap(SwitchEffects::forgotten)
                .containsExactly(new SwitchEffects.Forgotten(ID, id("n"), false));
        assertThat(replay.states).isEmpty();
    }

    @Test
    void acceptsADeletedNetworkAgain() {
        // Given
        replay.connectAndObey().put(set("n", 9, 7, ingress(1, 1, 7))).obey();
        replay.forget("n").obey();
        // When
        replay.put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        // Then
        assertThat(slots()).hasSize(1);
        assertThat(lastState().applied()).isTrue();
    }

    @Test
    void reportsNoCountersOfAnIdleSwitch() {
        // Given
        replay.connectAndObey();
        // When
        poll();
        // Then
        assertThat(replay.all).flatMap(SwitchEffects::counters).isEmpty();
    }
}
