package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.links;
import static io.vlink.gateway.switches.Replay.set;
import static io.vlink.gateway.switches.Replay.transit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vlink.events.counters.RuleCounter;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleText;
import org.junit.jupiter.api.Test;

/** A link's meter is installed before the rules of networks that use it, and removed after the last of them. */
class LinkMetersTest extends LinkMetersFixture {

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
        assertThat(replay.states).extracting(LinkMetersFixture::told).containsExactly("links true", "n true");
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
        assertThat(replay.states).extracting(LinkMetersFixture::told).containsExactly("links true", "n true");
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
        assertThat(replay.states).extracting(LinkMetersFixture::told).containsExactly("n1 true");
        // When: the last network no longer uses it, but still has rules
        replay.put(set("n2", 2, 7, ingress(2, 2, 7))).obey();
        // Then
        assertThat(replay.meters).containsOnlyKeys(7L);
        assertThat(replay.states)
                .extracting(LinkMetersFixture::told)
                .containsExactly("n1 true", "n2 true", "links true");
        assertThat(replay.takenAlong).isZero();
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
        assertThat(restarted.states)
                .extracting(LinkMetersFixture::told)
                .containsExactlyInAnyOrder("links true", "n true");
        assertThat(restarted.all)
                .flatMap(SwitchEffects::notes)
                .extracting(SwitchEffects.Note::text)
                .contains("in sync: 1 rules, 0 changes");
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

    @Test
    void dropsALinkOnceItsMeterIsRemoved() {
        // Given
        replay.connectAndObey()
                .put(links(9, 1, 1_000))
                .put(set("n", 1, 0, ingress(1, 1, METER)))
                .obey();
        // When
        replay.remove(LINKS).obey();
        // Then
        assertThat(replay.all).flatMap(SwitchEffects::removed).isEmpty();
        // When
        replay.put(set("n", 2, 0)).obey();
        // Then
        assertThat(replay.meters).isEmpty();
        assertThat(replay.all)
                .flatMap(SwitchEffects::removed)
                .containsExactly(new SwitchEffects.RemovedOwner(ID, LINKS, false));
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
        replay.rules.replaceAll((key, rule) -> new InstalledRule(key, rule.cookie(), rule.actions(), 20, 2_000));
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
}
