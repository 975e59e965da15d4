package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static io.vlink.gateway.switches.Replay.transit;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.counters.RuleCounter;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Counters of rules and drops of meters are reported when they changed. */
class RuleCountersTest extends RuleSyncFixture {

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
        RuleKey key = slots().getFirst();
        InstalledRule rule = Objects.requireNonNull(replay.rules.get(key));
        replay.rules.put(key, new InstalledRule(key, rule.cookie(), rule.actions(), 3, 300));
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

    private List<RuleCounter> lastCounters() {
        return replay.all.stream()
                .flatMap(effects -> effects.counters().stream())
                .toList()
                .getLast()
                .rules();
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
