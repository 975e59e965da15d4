package io.vlink.gateway.switches.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MastershipTest {

    private static final DatapathId ID = DatapathId.of("a");
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final Mastership mastership = new Mastership(ID, 5);
    private final SwitchEffects effects = new SwitchEffects();

    @Test
    void neverDecreases() {
        // When
        mastership.raise(7);
        mastership.raise(6);
        // Then
        assertThat(mastership.epoch()).isEqualTo(7);
    }

    @Test
    void exceedsTheOtherMasterAfterConfirmingOwnership() {
        // Given
        mastership.isElsewhere(41, effects, NOW);
        assertThat(effects.notes()).singleElement().satisfies(note -> assertThat(note.text())
                .contains("another master with generation 41"));
        // When
        Instant next = mastership.confirm(NOW);
        int steps = 0;
        while (next != null) {
            assertThat(mastership.epoch()).isEqualTo(5);
            assertThat(next).isBeforeOrEqualTo(NOW.plus(Duration.ofMinutes(1)));
            next = mastership.confirm(next);
            steps++;
        }
        mastership.ask(3, effects);
        // Then
        assertThat(steps).isGreaterThan(1);
        assertThat(effects.commands()).containsExactly(new SwitchCommand.AskMaster(ID, 3, 42));
    }

    @Test
    void keepsAnEpochThatExceedsTheOtherMaster() {
        // Given
        mastership.isElsewhere(2, effects, NOW);
        // When
        Instant next = mastership.confirm(NOW);
        while (next != null) {
            next = mastership.confirm(next);
        }
        // Then
        assertThat(mastership.epoch()).isEqualTo(5);
    }
}
