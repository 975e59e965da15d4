package io.vlink.gateway.switches.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.WarningReason;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.ObservedPort;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RivalsTest {

    private static final DatapathId ID = DatapathId.of("a");
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration QUIET = Duration.ofSeconds(40);
    private static final List<ObservedPort> PORTS = List.of(Replay.port(1, true));
    private static final SwitchEvent.Connected OURS =
            new SwitchEvent.Connected(ID, 1, "10.0.0.1:1", "1.4", "fake", PORTS);

    private final List<List<String>> warned = new ArrayList<>();
    private final Rivals rivals = new Rivals(ID, (reason, messages, effects) -> {
        assertThat(reason).isEqualTo(WarningReason.DUPLICATE_DATAPATH_ID);
        warned.add(messages);
    });
    private final SwitchEffects effects = new SwitchEffects();

    private void tries(String address, Instant at) {
        rivals.on(new SwitchEvent.Rivalled(ID, address), effects, at);
    }

    private void seen(String address, String hardwareAddress) {
        rivals.on(
                new SwitchEvent.SeenElsewhere(ID, "gw-b", address, List.of(hardwareAddress)),
                OURS,
                PORTS,
                effects,
                NOW);
    }

    @Test
    void warnsOfAHostOnceWhileItKeepsTrying() {
        // When
        tries("10.0.0.7:1", NOW);
        tries("10.0.0.7:2", NOW.plusSeconds(30));
        // Then
        assertThat(warned).singleElement().satisfies(messages -> assertThat(messages)
                .singleElement()
                .asString()
                .contains("10.0.0.7 (first as 10.0.0.7:1, since " + NOW));
        assertThat(rivals.drop(effects, NOW.plusSeconds(60)))
                .isEqualTo(NOW.plusSeconds(30).plus(QUIET));
        assertThat(warned).hasSize(1);
        // When
        Instant next = rivals.drop(effects, NOW.plusSeconds(30).plus(QUIET));
        // Then
        assertThat(next).isNull();
        assertThat(warned).hasSize(2).last().isEqualTo(List.of());
    }

    @Test
    void isDueWhenTheFirstRivalMayBeDropped() {
        // Given
        tries("10.0.0.7:1", NOW.plusSeconds(5));
        tries("10.0.0.8:1", NOW);
        // Then
        assertThat(rivals.drop(effects, NOW.plusSeconds(6))).isEqualTo(NOW.plus(QUIET));
        assertThat(rivals.drop(effects, NOW.plus(QUIET)))
                .isEqualTo(NOW.plusSeconds(5).plus(QUIET));
        assertThat(warned)
                .last()
                .satisfies(messages ->
                        assertThat(messages).singleElement().asString().contains("10.0.0.7"));
    }

    @Test
    void namesAtMostEight() {
        // When
        for (int host = 1; host <= 20; host++) {
            tries("10.0.1." + host + ":1", NOW);
        }
        // Then
        assertThat(warned).hasSize(8).last().satisfies(messages -> assertThat(messages)
                .hasSize(8));
    }

    @Test
    void distinguishesADoubleFromTheSwitchAtAnotherAddress() {
        // When
        seen("10.0.0.1:9", "02:00:00:00:00:99");
        seen("10.0.0.2:9", PORTS.getFirst().hardwareAddress());
        // Then
        assertThat(warned).isEmpty();
        assertThat(effects.notes()).isEmpty();
        // When
        seen("10.0.0.7:9", "02:00:00:00:00:99");
        // Then
        assertThat(warned).singleElement().satisfies(messages -> assertThat(messages)
                .singleElement()
                .asString()
                .contains("is connected to gateway gw-b from 10.0.0.7"));
        assertThat(effects.notes())
                .extracting(SwitchEffects.Note::text)
                .containsExactly("has a duplicate at gateway gw-b, from 10.0.0.7:9");
    }

    @Test
    void reportsNoDoubleOfADisconnectedSwitch() {
        // When
        rivals.on(
                new SwitchEvent.SeenElsewhere(ID, "gw-b", "10.0.0.7:9", List.of("02:00:00:00:00:99")),
                null,
                PORTS,
                effects,
                NOW);
        // Then
        assertThat(warned).isEmpty();
    }
}
