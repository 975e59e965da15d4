package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.links;
import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vlink.events.LinkPort;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.entries.LinkItem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Owners learn why a link's meter is missing, or still in use. */
class LinkMeterReportsTest extends LinkMetersFixture {

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

    @Test
    void isDueForAReportOnce() {
        // Given
        Waiting waiting = new Waiting();
        List<LinkItem> meters = List.of(LinkItem.meter(METER));
        assertThat(waiting.next()).isNull();

        // When
        assertThat(waiting.waits(id("n"), meters, replay.now)).isFalse();
        assertThat(waiting.waits(id("n"), meters, replay.now.plusSeconds(4))).isFalse();

        // Then
        assertThat(waiting.next()).isEqualTo(replay.now.plusSeconds(5));
        assertThat(waiting.due(replay.now.plusSeconds(4))).isEmpty();
        assertThat(waiting.due(replay.now.plusSeconds(5))).containsExactly(id("n"));
        assertThat(waiting.of(LinkItem.meter(METER))).containsExactly(id("n"));

        // When
        assertThat(waiting.waits(id("n"), meters, replay.now.plusSeconds(5))).isTrue();

        // Then
        assertThat(waiting.next()).isNull();
        assertThat(waiting.due(replay.now.plusSeconds(9))).isEmpty();
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
                .extracting(LinkMetersFixture::told)
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
        replay.remove(second.owner()).obey();
        // Then
        assertThat(replay.states.getLast().owner()).isEqualTo(LINKS);
        assertThat(replay.states.getLast().applied()).isTrue();
        assertThat(replay.meters).containsOnlyKeys((long) METER);
    }
}
