package io.vlink.gateway.switches.wanted;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.in;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.RuleKey;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PlaceOwnersTest {

    private final PlaceOwners places = new PlaceOwners(ID);

    private static WantedRules.Held held(RuleSet set) {
        WantedRules wanted = new WantedRules(ID);
        wanted.put(set);
        return Objects.requireNonNull(wanted.of(set.owner()));
    }

    private static RuleKey.Parsed key(WantedRules.Held of) {
        return of.rules().keySet().iterator().next();
    }

    @Test
    void keepsAPlaceForTheFirstOwnerUntilItIsFreed() {
        WantedRules.Held first = held(set("first", 1, 7, ingress(1, 1, 7)));
        WantedRules.Held second = held(set("second", 1, 8, ingress(2, 1, 8)));
        assertThat(places.claim(first)).isNull();
        // When
        Taken taken = places.claim(second);
        // Then
        assertThat(taken).isEqualTo(Taken.rule(ID, key(second), id("first")));
        assertThat(places.of(key(first))).isEqualTo(id("first"));
        assertThat(places.hasSomethingOf(id("first"), second)).isTrue();
        assertThat(places.hasSomethingOf(id("second"), first)).isFalse();
        assertThat(places.ofMeter(8)).as("it has what is free").isEqualTo(id("second"));
        // When
        boolean released = places.release(first, held(set("first", 2, 0)));
        // Then
        assertThat(released).isTrue();
        assertThat(places.claim(second)).isNull();
        assertThat(places.of(key(second))).isEqualTo(id("second"));
        assertThat(places.ofMeter(7)).isNull();
        assertThat(places.ruleKeys()).isEqualTo(1);
        assertThat(places.meters()).isEqualTo(1);
    }

    @Test
    void treatsTheSamePlaceInAnotherTableAsOne() {
        WantedRules.Held first = held(set("first", 1, 7, ingress(1, 1, 7)));
        WantedRules.Held second = held(set("second", 1, 8, in(Table.FORWARDING, ingress(2, 1, 8))));
        places.claim(first);
        // When
        Taken taken = places.claim(second);
        // Then
        assertThat(taken).isNotNull();
        assertThat(places.of(key(second))).as("exactly this rule key").isNull();
        assertThat(places.owner(key(second))).isEqualTo(id("first"));
        // When: the owner moves there
        WantedRules.Held moved = held(set("first", 2, 7, in(Table.FORWARDING, ingress(1, 1, 7))));
        // Then
        assertThat(places.claim(moved)).isNull();
    }

    @Test
    void namesAMeterThatAnotherOwnerHas() {
        places.claim(held(set("first", 1, 7, ingress(1, 1, 7))));
        // When
        Taken taken = places.claim(held(set("second", 1, 7, ingress(2, 2, 7))));
        // Then
        assertThat(taken).isEqualTo(Taken.meter(ID, 7, id("first")));
    }

    @Test
    void freesNothingThatAnotherOwnerHas() {
        WantedRules.Held second = held(set("second", 1, 7, ingress(2, 1, 7)));
        places.claim(held(set("first", 1, 7, ingress(1, 1, 7))));
        places.claim(second);
        // When
        boolean released = places.release(second, held(set("second", 2, 0)));
        // Then
        assertThat(released).isFalse();
        assertThat(places.of(key(second))).isEqualTo(id("first"));
        assertThat(places.ofMeter(7)).isEqualTo(id("first"));
    }

    @Test
    void handsOverInAllTables() {
        WantedRules.Held first = held(set("first", 1, 7, ingress(1, 1, 7)));
        WantedRules.Held second = held(set("second", 1, 7, in(Table.FORWARDING, ingress(2, 1, 7))));
        places.claim(first);
        // When
        places.handOver(second);
        // Then
        assertThat(places.owner(key(first))).isNull();
        assertThat(places.claim(second)).isNull();
        assertThat(places.claim(first)).isNotNull();
        assertThat(places.owner(key(first))).isEqualTo(id("second"));
        assertThat(places.ofMeter(7)).isEqualTo(id("second"));
    }
}
