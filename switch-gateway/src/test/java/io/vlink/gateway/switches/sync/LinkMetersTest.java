package io.vlink.gateway.switches.sync;

import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.sync.Waiting;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.entries.LinkItem;
import io.vlink.gateway.switches.entries.WantedRule;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.FlowAction;
import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.links;
import static io.vlink.gateway.switches.Replay.set;
import static io.vlink.gateway.switches.Replay.transit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.counters.RuleCounter;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link's meter is installed before the rules of networks that use it, and removed after the last of them. */
class LinkMetersTest {

    /** The meter of the port by which all these rules send. */
    private static final int METER = 65_545;

    private static final Owner LINKS = new LinkPort("default", PortNumber.of(9));

    private final Replay replay = new Replay();

    private SwitchCommand.Write written() {
        return replay.take(SwitchCommand.Write.class).orElseThrow();
    }

    private static List<Owner> owners(SwitchCommand.Write write) {
        return write.batch().changes().stream().map(OwnerChange::owner).toList();
    }

    private static String told(RuleState state) {
        String owner = state.owner() instanceof NetworkId network ? network.name() : "links";
        return owner + " " + state.applied();
    }

    private void poll() {
        replay.later(Duration.ofSeconds(3)).obey();
    }

    @Test
    void writesTheMeterBeforeRulesThatWereRecordedFirst() {
        // Given
        replay.connectAndObey();
        // When
        replay.put(set("n", 1, 0, ingress(1, 1, METER)));
        // Then
        assertThat(replay.commands).isEmpty();
        assertThat(replay.states).isEmpty();
        // When
        replay.put(links(9, 1, 780_000));
        // Then
        SwitchCommand.Write first = written();
        assertThat(owners(first)).containsExactly(LINKS);
        // When
        replay.commands.add(first);
        replay.obey();
        // Then
        assertThat(replay.meters.values()).singleElement().satisfies(meter -> assertThat(meter.settings())
                .contains("rate=780000"));
        assertThat(replay.rules).hasSize(1);
        assertThat(replay.states).extracting(LinkMetersTest::told).containsExactly("links true", "n true");
    }

    @Test
    void writesMeterAndRulesInOneBatchIfBothAreKnown() {
        // Given
        replay.connectAndObey();
        // When
        replay.control.put(set("n", 1, 0, ingress(1, 1, METER)));
        replay.put(links(9, 1, 780_000));
        // Then
        SwitchCommand.Write write = written();
        assertThat(owners(write)).containsExactly(LINKS, id("n"));
        replay.commands.add(write);
        replay.obey();
        assertThat(replay.states).extracting(LinkMetersTest::told).containsExactly("links true", "n true");
    }

    @Test
    void reportsAMissingMeterAfterAWhile() {
        // Given
        replay.connectAndObey().put(set("n", 1, 0, ingress(1, 1, METER)));
        // When
        replay.later(Duration.ofSeconds(4)).obey();
        // Then
        assertThat(replay.states).isEmpty();
        // When
        replay.later(Duration.ofSeconds(1)).obey();
        // Then
        assertThat(replay.states).singleElement().satisfies(state -> {
            assertThat(state.reason()).isEqualTo("LinkMeterMissing");
            assertThat(state.message())
                    .contains("Meter 65545", "port 9 of switch 000000000000000a", "have not requested it");
        });
        // When: nothing changes, it is not reported again
        replay.later(Duration.ofSeconds(31)).obey();
        assertThat(replay.states).hasSize(1);
        // When
        replay.put(links(9, 1, 1_000)).obey();
        // Then
        assertThat(replay.states.getLast().applied()).isTrue();
        assertThat(replay.rules).hasSize(1);
    }

    @Test
    void retriesRefusedRulesOnlyAtTheRetryIntervalAfterAWait() {
        // Given: a network that waits, and whose rules the switch refuses once the meter is installed
        replay.connectAndObey().put(set("n", 1, 0, ingress(1, 1, METER)));
        replay.refusedPuts.put(id("n"), "The table is full.");
        replay.put(links(9, 1, 1_000)).obey();
        assertThat(replay.states.getLast().message()).contains("The table is full.");
        int tried = replay.changes.size();
        // When
        replay.later(Duration.ofSeconds(6));
        // Then: the long wait triggers no further attempt
        assertThat(replay.commands).noneMatch(SwitchCommand.Write.class::isInstance);
        // When
        replay.refusedPuts.clear();
        replay.later(Duration.ofSeconds(30)).obey();
        assertThat(replay.changes).hasSizeGreaterThan(tried);
        assertThat(replay.states.getLast().applied()).isTrue();
    }

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
            replay.rules.put(others.slot(), others);
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

    /** It has the network's cookie, but unknown actions. */
    @Test
    void removesAnAlteredRuleWhileTheMeterIsMissing() {
        // Given
        replay.connectAndObey().put(set("n", 1, 7, ingress(1, 1, 7))).obey();
        replay.put(set("n", 2, 0, ingress(1, 1, METER))).obey();
        // When
        replay.rules.replaceAll((slot, rule) -> new InstalledRule(
                slot, rule.cookie(), List.of(new FlowAction.OutputPort(PortNumber.of(30))), rule.packets(), 0));
        poll();
        // Then
        assertThat(replay.rules).isEmpty();
    }

    @Test
    void isDueForAReportOnce() {
        Waiting waiting = new Waiting();
        List<LinkItem> meters = List.of(LinkItem.meter(METER));
        assertThat(waiting.next()).isNull();

        assertThat(waiting.waits(id("n"), meters, replay.now)).isFalse();
        assertThat(waiting.waits(id("n"), meters, replay.now.plusSeconds(4))).isFalse();
        assertThat(waiting.next()).isEqualTo(replay.now.plusSeconds(5));
        assertThat(waiting.due(replay.now.plusSeconds(4))).isEmpty();
        assertThat(waiting.due(replay.now.plusSeconds(5))).containsExactly(id("n"));
        assertThat(waiting.of(LinkItem.meter(METER))).containsExactly(id("n"));

        assertThat(waiting.waits(id("n"), meters, replay.now.plusSeconds(5))).isTrue();
        assertThat(waiting.next()).isNull();
        assertThat(waiting.due(replay.now.plusSeconds(9))).isEmpty();
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

    @Test
    void keepsTheMeterUntilNoRuleUsesIt() {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n1", 1, 0, ingress(1, 1, METER)))
                .put(set("n2", 1, 0, ingress(2, 2, METER)))
                .obey();
        replay.states.clear();
        // When
        replay.put(links(9, 2, 0)).put(set("n1", 2, 0)).obey();
        // Then
        assertThat(replay.meters).containsOnlyKeys((long) METER);
        assertThat(replay.states).extracting(LinkMetersTest::told).containsExactly("n1 true");
        // When: the last network no longer uses it, but still has rules
        replay.put(set("n2", 2, 7, ingress(2, 2, 7))).obey();
        // Then
        assertThat(replay.meters).containsOnlyKeys(7L);
        assertThat(replay.states).extracting(LinkMetersTest::told).containsExactly("n1 true", "n2 true", "links true");
        assertThat(replay.takenAlong).isZero();
    }

    @Test
    void reportsAMeterInUseAfterAWhile() {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n", 1, 0, ingress(1, 1, METER)))
                .obey();
        // When
        replay.put(links(9, 2, 0)).obey();
        replay.later(Duration.ofSeconds(5)).obey();
        // Then
        assertThat(replay.states.getLast().owner()).isEqualTo(LINKS);
        assertThat(replay.states.getLast().reason()).isEqualTo("LinkMeterInUse");
        // When
        replay.put(set("n", 2, 0)).obey();
        // Then
        assertThat(replay.states.getLast().owner()).isEqualTo(LINKS);
        assertThat(replay.states.getLast().applied()).isTrue();
    }

    @Test
    void keepsTheMeterAfterARestartWithoutItsRecord() {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n", 1, 0, ingress(1, 1, METER)))
                .obey();
        Replay restarted = restarted();
        // When: the link's record became a tombstone meanwhile
        restarted.put(set("n", 1, 0, ingress(1, 1, METER))).connectAndObey();
        // Then
        assertThat(restarted.meters).containsOnlyKeys((long) METER);
        assertThat(restarted.rules).hasSize(1);
        // When
        restarted.put(set("n", 2, 0)).obey();
        // Then
        assertThat(restarted.meters).isEmpty();
        assertThat(restarted.takenAlong).isZero();
    }

    @Test
    void changesNothingAfterARestartIfAllIsInstalled() {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n", 1, 0, ingress(1, 1, METER)))
                .obey();
        Replay restarted = restarted();
        // When: the network is read first
        restarted.put(set("n", 1, 0, ingress(1, 1, METER))).put(links(9, 1, 1_000));
        restarted.connectAndObey();
        // Then
        assertThat(restarted.states).extracting(LinkMetersTest::told).containsExactlyInAnyOrder("links true", "n true");
        assertThat(restarted.all)
                .flatMap(SwitchEffects::notes)
                .extracting(SwitchEffects.Note::text)
                .contains("in sync: 1 rules, 0 changes");
    }

    private Replay restarted() {
        Replay restarted = new Replay();
        restarted.rules.putAll(replay.rules);
        restarted.meters.putAll(replay.meters);
        return restarted;
    }

    /** Also if its gateway ended before it used or removed the meter. */
    @Test
    void removesAnUnwantedMeterAfterATakeover() {
        // Given
        String ours = RuleText.settings(new Meter(METER, 1_000, 122));
        replay.meters.put((long) METER, new InstalledMeter(METER, ours, 0));
        replay.meters.put(131_072L, new InstalledMeter(131_072L, ours, 0));
        // When
        replay.connectAndObey();
        // Then
        assertThat(replay.meters).containsOnlyKeys(131_072L);
    }

    @Test
    void repairsAllUsersOfAMeterThatOthersRemoved() {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n1", 1, 0, ingress(1, 1, METER), transit(1, 3, 77)))
                .put(set("n2", 1, 0, ingress(2, 2, METER)))
                .obey();
        replay.states.clear();
        // When: it is removed with its rules
        replay.loseMeter(METER);
        assertThat(replay.takenAlong).isEqualTo(2);
        poll();
        // Then
        assertThat(replay.meters).containsOnlyKeys((long) METER);
        assertThat(replay.rules).hasSize(3);
        assertThat(replay.states).as("nothing is lost permanently").allMatch(RuleState::applied);
        assertThat(replay.all)
                .flatMap(SwitchEffects::notes)
                .extracting(SwitchEffects.Note::text)
                .contains(
                        "differs from what was written and is repaired: networks [default/ns/n1, default/ns/n2], 0 leftovers, meters of links at ports [default/9]");
    }

    @Test
    void reportsToUsersOfAMeterWhyTheSwitchRefusedIt() {
        // Given
        replay.refused.put(LINKS, "METER_MOD_FAILED OUT_OF_METERS: meter=65545");
        replay.connectAndObey().put(set("other", 1, 0, ingress(3, 3, 7)));
        // When
        replay.control.put(set("n", 1, 0, ingress(1, 1, METER)));
        replay.put(links(9, 1, 1_000)).obey();
        // Then: at once
        assertThat(replay.states)
                .filteredOn(state -> !state.applied())
                .extracting(RuleState::owner, RuleState::reason)
                .containsExactlyInAnyOrder(tuple(LINKS, "SwitchError"), tuple(id("n"), "LinkMeterMissing"));
        assertThat(replay.states.getLast().message()).contains("Meter 65545", "port 9", "OUT_OF_METERS");
        assertThat(replay.states)
                .filteredOn(RuleState::applied)
                .extracting(RuleState::owner)
                .containsOnly(id("other"));
        // When: it has room again, and the retry is due
        replay.refused.clear();
        replay.later(Duration.ofSeconds(31)).obey();
        // Then
        assertThat(replay.rules).hasSize(2);
        assertThat(replay.states.subList(replay.states.size() - 2, replay.states.size()))
                .extracting(LinkMetersTest::told)
                .containsExactly("links true", "n true");
    }

    @Test
    void reportsNoErrorOfANetworkForAMeterRefusedInTheSameBatch() {
        // Given
        replay.refused.put(LINKS, "METER_MOD_FAILED OUT_OF_METERS: meter=65545");
        replay.connectAndObey();
        // When: both are in one batch, and the second fails because of the first
        replay.control.put(set("n", 1, 0, ingress(1, 1, METER)));
        replay.put(links(9, 1, 1_000));
        SwitchCommand.Write first = written();
        assertThat(owners(first)).containsExactly(LINKS, id("n"));
        replay.commands.add(first);
        replay.obey();
        // Then
        assertThat(replay.states)
                .filteredOn(state -> state.owner().equals(id("n")))
                .extracting(RuleState::reason)
                .containsOnly("LinkMeterMissing");
    }

    @Test
    void changesOnlyTheMeterWhenItsRateChanges() {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n", 1, 0, ingress(1, 1, METER)))
                .obey();
        // When
        replay.put(links(9, 2, 500));
        // Then
        OwnerChange change = written().batch().changes().getFirst();
        assertThat(change.size()).isEqualTo(1);
        assertThat(change.changeMeters()).extracting(Meter::rateKbps).containsExactly(500L);
    }

    @Test
    void followsAPortToItsNewNumber() {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n", 1, 0, ingress(1, 1, METER)))
                .obey();
        // When: records come in any order
        replay.put(set("n", 2, 0, ingress(1, 1, METER + 1))).obey();
        replay.put(links(9, 2, 0)).obey();
        assertThat(replay.meters).containsOnlyKeys((long) METER);
        assertThat(replay.rules).hasSize(1);
        replay.put(links(10, 3, 1_000)).obey();
        // Then
        assertThat(replay.meters).containsOnlyKeys(METER + 1L);
        assertThat(replay.rules.values()).singleElement().satisfies(rule -> assertThat(rule.meters())
                .containsExactly(METER + 1L));
        assertThat(replay.takenAlong).isZero();
        assertThat(replay.states.getLast().owner()).isEqualTo(LINKS);
    }

    @Test
    void writesNoRuleThatUsesAMeterBeingRemoved() {
        // Given
        replay.connectAndObey().put(links(9, 1, 1_000)).obey();
        // When
        replay.control.put(links(9, 2, 0));
        replay.put(set("n", 1, 0, ingress(1, 1, METER))).obey();
        // Then
        assertThat(replay.meters).isEmpty();
        assertThat(replay.rules).isEmpty();
        assertThat(replay.states).filteredOn(state -> !state.applied()).isEmpty();
        // When
        replay.put(links(9, 3, 1_000)).obey();
        // Then
        assertThat(replay.rules).hasSize(1);
    }

    /** For example, when a switch moves to another overlay. */
    @Test
    void reportsToLinksThatAnotherOverlaysLinksHaveTheirMeter() {
        // Given
        RuleSet first = links(9, 1, 1_000);
        RuleSet second = new RuleSet(
                ID,
                new LinkPort("tenants-own", PortNumber.of(9)),
                first.revision(),
                first.meters(),
                List.of(),
                List.of());
        replay.connectAndObey().put(second).obey();
        // When
        replay.put(first).obey();
        // Then
        RuleState told = replay.states.getLast();
        assertThat(told.owner()).isEqualTo(LINKS);
        assertThat(told.reason()).isEqualTo("MeterTaken");
        assertThat(told.message())
                .isEqualTo("Meter 65545 of switch 000000000000000a belongs to links of another overlay (meter=65545)."
                        + " The links at port 9 get it as soon as the others have given it up, by itself; if that takes long,"
                        + " ask the operator: the log of switch-gateway names both owners");
        assertThat(replay.all)
                .flatMap(SwitchEffects::notes)
                .extracting(SwitchEffects.Note::text)
                .contains(
                        "keeps the links at port default/9 waiting: meter=65545 belongs to the links at port tenants-own/9");
        // When
        replay.forget(second.owner()).obey();
        // Then
        assertThat(replay.states.getLast().owner()).isEqualTo(LINKS);
        assertThat(replay.states.getLast().applied()).isTrue();
        assertThat(replay.meters).containsOnlyKeys((long) METER);
    }

    @Test
    void forgetsALinkOnceItsMeterIsRemoved() {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n", 1, 0, ingress(1, 1, METER)))
                .obey();
        // When
        replay.forget(LINKS).obey();
        // Then
        assertThat(replay.all).flatMap(SwitchEffects::forgotten).isEmpty();
        // When
        replay.put(set("n", 2, 0)).obey();
        // Then
        assertThat(replay.meters).isEmpty();
        assertThat(replay.all)
                .flatMap(SwitchEffects::forgotten)
                .containsExactly(new SwitchEffects.Forgotten(ID, LINKS, false));
    }

    /** The meter drops frames of many networks, and cannot tell them apart. */
    @Test
    void countsItsDropsForTheSwitchAndNotForANetwork() {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n", 1, 0, ingress(1, 1, METER)))
                .obey();
        poll();
        // When
        replay.meters.computeIfPresent(
                (long) METER, (n, meter) -> new InstalledMeter(n, meter.settings(), 1, new Drops(3, 300)));
        replay.rules.replaceAll((slot, rule) -> new InstalledRule(slot, rule.cookie(), rule.actions(), 20, 2_000));
        poll();
        // Then
        assertThat(replay.control.dropped()).isEqualTo(new Drops(3, 300));
        assertThat(replay.all).flatMap(SwitchEffects::counters).last().satisfies(read -> assertThat(read.rules())
                .extracting(RuleCounter::packets, RuleCounter::droppedPackets)
                .containsExactly(tuple(20L, null)));
    }

    /** A reconnected switch gets both, regardless of its contents. */
    @Test
    void restoresASwitchThatLostItsContents() {
        // Given
        RuleSet wanted = set("n", 1, 0, ingress(1, 1, METER));
        replay.connectAndObey().put(wanted).put(links(9, 1, 1_000)).obey();
        // When
        replay.disconnect();
        replay.rules.clear();
        replay.meters.clear();
        replay.connectAndObey();
        // Then
        assertThat(replay.rules).hasSize(1);
        assertThat(replay.meters).containsOnlyKeys((long) METER);
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
                        WantedRule.of(transit(1, 3, 77)).slot(),
                        WantedRule.of(ingress(2, 9, 7)).slot());
        // When
        now.put(links(12, 1, 1_000)).obey();
        // Then
        assertThat(now.rules.get(WantedRule.of(ingress(1, 1, METER)).slot()))
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
                .containsOnlyKeys(WantedRule.of(transit(1, 3, 77)).slot());
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
        // Given: the way back enters at another port than the one by which the way there leaves
        Rule back = transit(1, 3, 77);
        Rule nextBack = transit(5, 4, 78);
        RuleKey.Parsed turning = WantedRule.of(ingress(1, 1, METER)).slot();
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

    /** Returns the same rule, sending by another port. */
    private static Rule by(int port, Rule rule) {
        List<Action> actions = rule.actions().stream()
                .map(action -> action instanceof Action.Output ? new Action.Output(PortNumber.of(port)) : action)
                .toList();
        return new Rule(rule.cookie(), rule.priority(), rule.match(), actions, rule.standsIn());
    }
}
